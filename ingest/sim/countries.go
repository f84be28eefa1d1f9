package sim

import (
	"math"
	"time"
)

// country is a part of the world with a clock, languages and towns of its own.
type country struct {
	code string
	// offset is local time minus UTC in hours, without summer time.
	offset float64
	// weight is the country's share of everything that is posted, not normalised.
	weight float64
	// langs are the languages written there, the commonest first, with their weights.
	langs  []string
	shares []float64
	cities []string
}

func land(code string, offset, weight float64, cities ...string) country {
	return country{code: code, offset: offset, weight: weight, cities: cities}
}

func (c country) speaks(lang string, share float64) country {
	c.langs = append(c.langs[:len(c.langs):len(c.langs)], lang)
	c.shares = append(c.shares[:len(c.shares):len(c.shares)], share)
	return c
}

// activity is how much is posted in the country at t, 1 on the average: least before dawn, most in the evening, a little
// more on the weekend.
func (c *country) activity(t time.Time) float64 {
	local := t.Add(time.Duration(c.offset * float64(time.Hour)))
	hour := float64(local.Hour()) + float64(local.Minute())/60
	level := 1 + 0.62*math.Cos((hour-19.5)/24*2*math.Pi) + 0.22*math.Cos((hour-12.5)/12*2*math.Pi)
	switch local.Weekday() {
	case time.Saturday, time.Sunday:
		level *= 1.12
	case time.Friday:
		level *= 1.04
	default:
		level *= 0.944
	}
	return max(level, 0.08)
}

// countries lists the simulated world.
func countries() []country {
	return []country{
		land("US", -5, 100, "New York", "Los Angeles", "Chicago", "Houston", "Atlanta", "Seattle", "Boston", "Miami").speaks("en", .9).speaks("es", .1),
		land("CA", -5, 14, "Toronto", "Montréal", "Vancouver", "Calgary", "Ottawa").speaks("en", .78).speaks("fr", .22),
		land("GB", 0, 30, "London", "Manchester", "Birmingham", "Leeds", "Glasgow", "Bristol").speaks("en", 1),
		land("IE", 0, 3, "Dublin", "Cork", "Galway").speaks("en", 1),
		land("AU", 10, 10, "Sydney", "Melbourne", "Brisbane", "Perth").speaks("en", 1),
		land("NZ", 12, 2, "Auckland", "Wellington").speaks("en", 1),
		land("ZA", 2, 5, "Johannesburg", "Cape Town", "Durban").speaks("en", 1),
		land("NG", 1, 8, "Lagos", "Abuja", "Ibadan").speaks("en", 1),
		land("KE", 3, 4, "Nairobi", "Mombasa").speaks("en", 1),
		land("IN", 5.5, 30, "Mumbai", "Delhi", "Bengaluru", "Hyderabad", "Chennai", "Pune").speaks("en", .6).speaks("hi", .4),
		land("PH", 8, 10, "Manila", "Quezon City", "Cebu").speaks("tl", .55).speaks("en", .45),
		land("IT", 1, 12, "Roma", "Milano", "Napoli", "Bologna", "Torino", "Palermo", "Catania", "Venezia").speaks("it", 1),
		land("ES", 1, 14, "Madrid", "Barcelona", "Valencia", "Sevilla").speaks("es", 1),
		land("MX", -6, 14, "Ciudad de México", "Guadalajara", "Monterrey", "Puebla").speaks("es", 1),
		land("AR", -3, 10, "Buenos Aires", "Córdoba", "Rosario").speaks("es", 1),
		land("CO", -5, 6, "Bogotá", "Medellín", "Cali").speaks("es", 1),
		land("CL", -4, 4, "Santiago", "Valparaíso").speaks("es", 1),
		land("BR", -3, 30, "São Paulo", "Rio de Janeiro", "Belo Horizonte", "Recife", "Salvador", "Curitiba").speaks("pt", 1),
		land("PT", 0, 3, "Lisboa", "Porto", "Braga").speaks("pt", 1),
		land("FR", 1, 14, "Paris", "Lyon", "Marseille", "Toulouse", "Lille").speaks("fr", 1),
		land("BE", 1, 3, "Bruxelles", "Antwerpen", "Gent", "Liège").speaks("nl", .5).speaks("fr", .5),
		land("DE", 1, 14, "Berlin", "Hamburg", "München", "Köln", "Frankfurt", "Leipzig").speaks("de", 1),
		land("AT", 1, 2, "Wien", "Graz", "Linz").speaks("de", 1),
		land("CH", 1, 2, "Zürich", "Genève", "Basel").speaks("de", .65).speaks("fr", .35),
		land("NL", 1, 6, "Amsterdam", "Rotterdam", "Utrecht", "Eindhoven").speaks("nl", 1),
		land("PL", 1, 7, "Warszawa", "Kraków", "Wrocław", "Gdańsk").speaks("pl", 1),
		land("CZ", 1, 2, "Praha", "Brno", "Ostrava").speaks("cs", 1),
		land("SI", 1, 0.6, "Ljubljana", "Maribor").speaks("sl", 1),
		land("RO", 2, 3, "București", "Cluj-Napoca", "Iași").speaks("ro", 1),
		land("HU", 1, 2, "Budapest", "Debrecen", "Szeged").speaks("hu", 1),
		land("GR", 2, 3, "Αθήνα", "Θεσσαλονίκη", "Πάτρα").speaks("el", 1),
		land("SE", 1, 3, "Stockholm", "Göteborg", "Malmö").speaks("sv", 1),
		land("DK", 1, 1.5, "København", "Aarhus").speaks("da", 1),
		land("NO", 1, 1.5, "Oslo", "Bergen", "Trondheim").speaks("no", 1),
		land("FI", 2, 1.5, "Helsinki", "Tampere", "Turku").speaks("fi", 1),
		land("TR", 3, 18, "İstanbul", "Ankara", "İzmir", "Bursa").speaks("tr", 1),
		land("RU", 3, 14, "Москва", "Санкт-Петербург", "Казань", "Екатеринбург").speaks("ru", 1),
		land("UA", 2, 5, "Київ", "Львів", "Одеса", "Харків").speaks("uk", 1),
		land("EG", 2, 7, "القاهرة", "الإسكندرية", "الجيزة").speaks("ar", 1),
		land("SA", 3, 12, "الرياض", "جدة", "الدمام").speaks("ar", 1),
		land("AE", 4, 3, "دبي", "أبوظبي").speaks("ar", .5).speaks("en", .5),
		land("IR", 3.5, 4, "تهران", "مشهد", "اصفهان").speaks("fa", 1),
		land("IL", 2, 3, "תל אביב", "ירושלים", "חיפה").speaks("he", 1),
		land("ID", 7, 22, "Jakarta", "Surabaya", "Bandung", "Medan", "Yogyakarta").speaks("id", 1),
		land("MY", 8, 5, "Kuala Lumpur", "Johor Bahru", "Penang").speaks("id", .5).speaks("en", .5),
		land("TH", 7, 14, "กรุงเทพ", "เชียงใหม่", "ขอนแก่น").speaks("th", 1),
		land("VN", 7, 5, "Hà Nội", "Sài Gòn", "Đà Nẵng").speaks("vi", 1),
		land("JP", 9, 45, "東京", "大阪", "名古屋", "福岡", "札幌").speaks("ja", 1),
		land("KR", 9, 16, "서울", "부산", "대구", "인천").speaks("ko", 1),
		land("CN", 8, 10, "北京", "上海", "广州", "成都").speaks("zh-Hans", 1),
		land("TW", 8, 5, "台北", "高雄", "台中").speaks("zh-Hant", 1),
		land("HK", 8, 2, "香港", "九龍").speaks("zh-Hant", 1),
	}
}
