package place_test

import (
	"testing"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/match/place"
)

func gazetteer(tb testing.TB) *place.Gazetteer {
	tb.Helper()
	g, err := place.New()
	if err != nil {
		tb.Fatal(err)
	}
	return g
}

func TestStatedLocation(t *testing.T) {
	t.Parallel()
	g := gazetteer(t)
	for _, c := range []struct{ stated, country, place string }{
		{"Milano, Italia", "IT", "Milano"},
		{"milan", "IT", "Milano"},
		{"Mailand", "IT", "Milano"},
		{"NYC", "US", "New York"},
		{"New York, NY", "US", "New York"},
		{"São Paulo 🇧🇷", "BR", "São Paulo"},
		{"sao paulo", "BR", "São Paulo"},
		{"🇮🇹", "IT", ""},
		{"🇮🇹🇮🇹", "IT", ""},
		{"🇮🇹🇧🇷", "", ""},
		{"Earth", "", ""},
		{"somewhere over the rainbow", "", ""},
		{"she/her", "", ""},
		{"Paradise", "", ""},
		{"", "", ""},
		{"東京", "JP", "Tōkyō"},
		{"서울", "KR", "Seoul"},
		{"서울, 대한민국", "KR", "Seoul"},
		{"Москва", "RU", "Moskva"},
		{"القاهرة", "EG", "Al-Qahira"},
		{"تهران", "IR", "Tehran"},
		{"मुंबई, भारत", "IN", "Mumbai"},
		{"กรุงเทพฯ", "TH", "Krung Thep"},
		{"台北", "TW", "Taipei"},
		{"London", "GB", "London"},
		{"London, Ontario", "CA", "London"},
		{"South London", "GB", "London"},
		{"London | Lagos", "", ""},
		{"Mumbai / Delhi", "IN", "Mumbai"},
		{"Paris, France", "FR", "Paris"},
		{"Austin, TX", "US", "Austin"},
		{"Austin TX", "US", "Austin"},
		{"San Francisco, CA", "US", "San Francisco"},
		{"Toronto, CA", "CA", "Toronto"},
		{"Atlanta, Georgia", "US", "Atlanta"},
		{"Georgia", "", ""},
		{"Texas", "US", ""},
		{"Mobile, AL", "US", "Mobile"},
		{"Mobile", "", ""},
		{"Valencia", "", ""},
		{"Valencia, España", "ES", "Valencia"},
		{"Córdoba, Argentina", "AR", "Córdoba"},
		{"Barcelona", "ES", "Barcelona"},
		{"Manchester", "GB", "Manchester"},
		{"Hyderabad", "IN", "Hyderabad"},
		{"Nice, France", "FR", "Nice"},
		{"Bandung, Indonesia", "ID", "Bandung"},
		{"Lagos, Nigeria", "NG", "Lagos"},
		{"Naija", "NG", ""},
		{"proud Nigerian", "", ""},
		{"Brazilian", "BR", ""},
		{"UK", "GB", ""},
		{"Deutschland", "DE", ""},
		{"München", "DE", "München"},
		{"Muenchen", "DE", "München"},
		{"LA", "US", "Los Angeles"},
		{"Washington, D.C.", "US", "Washington, D.C."},
		{"İstanbul", "TR", "İstanbul"},
		{"Hà Nội, Việt Nam", "VN", "Hà Nội"},
		{"Singapore", "SG", "Singapore"},
		{"Milano - Italia", "IT", "Milano"},
		{"Born in Lagos", "NG", "Lagos"},
	} {
		country, city := g.Locate(&event.Post{Place: c.stated})
		if country != c.country || city != c.place {
			t.Errorf("Place %q: got %q, %q; want %q, %q", c.stated, country, city, c.country, c.place)
		}
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	g := gazetteer(t)
	for _, c := range []struct{ text, lang, country, place string }{
		{"whatsapp down here in Lagos", "en", "NG", "Lagos"},
		{"is insta down in milan?", "en", "IT", "Milano"},
		{"telegram non va a Roma", "it", "IT", "Roma"},
		{"non funziona niente #Napoli", "it", "IT", "Napoli"},
		{"東京でインスタ落ちてる", "ja", "JP", "Tōkyō"},
		{"東京で電車が止まった", "ja", "JP", "Tōkyō"},
		{"大阪のドコモ圏外", "ja", "JP", "Ōsaka"},
		{"서울에서 카톡 먹통", "ko", "KR", "Seoul"},
		{"我在上海 微信崩了", "zh-Hans", "CN", "Shanghai"},
		{"เน็ตล่มแถวกรุงเทพ", "th", "TH", "Krung Thep"},
		{"в Москве телега лежит", "ru", "RU", "Moskva"},
		{"Ankara'da internet yok", "tr", "TR", "Ankara"},
		{"İstanbul’da çekmiyor", "tr", "TR", "İstanbul"},
		{"Helsingissä netti poikki", "fi", "FI", "Helsinki"},
		{"w Krakowie nie ma zasięgu", "pl", "PL", "Kraków"},
		{"no internet in New York right now", "en", "US", "New York"},
		{"sin señal en Monterrey", "es", "MX", "Monterrey"},
		{"vivo caiu em Belo Horizonte", "pt", "BR", "Belo Horizonte"},
		{"gangguan di Makassar", "id", "ID", "Makassar"},
		{"मुंबई में नेट बंद", "hi", "IN", "Mumbai"},
		{"Lucknow me network nahi", "hi", "IN", "Lucknow"},
		{"بالرياض النت طايح", "ar", "SA", "Ar-Riyad"},
		{"النت مقطوع في جدة", "ar", "SA", "Jiddah"},
		{"instagram down in Italy", "en", "IT", ""},
		{"no bars in downtown Chicago", "en", "US", "Chicago"},
		{"no internet in South Africa", "en", "ZA", ""},
		{"reading is nice, orange juice is split", "en", "", ""},
		{"I am in reading glasses", "en", "", ""},
		{"phone in mobile mode", "en", "", ""},
		{"that is a nice one", "en", "", ""},
		{"a London flat", "en", "", ""},
		{"made in China", "en", "", ""},
		{"London calling", "en", "", ""},
		{"in Georgia", "en", "", ""},
		{"so da da da in in", "en", "", ""},
		{"東京タワー", "ja", "", ""},
		{"down", "en", "", ""},
		{"", "", "", ""},
	} {
		country, city := g.Locate(&event.Post{Text: c.text, Lang: c.lang})
		if country != c.country || city != c.place {
			t.Errorf("%q: got %q, %q; want %q, %q", c.text, country, city, c.country, c.place)
		}
	}
}

func TestWhatCountsForMore(t *testing.T) {
	t.Parallel()
	g := gazetteer(t)
	for _, c := range []struct {
		name           string
		post           event.Post
		country, place string
	}{
		{"own country over stated", event.Post{Country: "US", Place: "London"}, "US", ""},
		{"own country picks among namesakes", event.Post{Country: "VE", Place: "Valencia"}, "VE", "Valencia"},
		{"own country in small letters", event.Post{Country: "it"}, "IT", ""},
		{"own country by its other code", event.Post{Country: "UK"}, "GB", ""},
		{"own country unknown", event.Post{Country: "ZZ", Place: "Roma"}, "IT", "Roma"},
		{"a state is no country", event.Post{Country: "TX"}, "", ""},
		{"stated over text", event.Post{Place: "Roma", Text: "down in Lagos"}, "IT", "Roma"},
		{"text adds the city", event.Post{Place: "Italia", Text: "non va a Milano", Lang: "it"}, "IT", "Milano"},
		{"text does not contradict", event.Post{Place: "Italia", Text: "down in Lagos too", Lang: "en"}, "IT", ""},
		{"flag over namesake", event.Post{Place: "Valencia 🇪🇸"}, "ES", "Valencia"},
	} {
		country, city := g.Locate(&c.post)
		if country != c.country || city != c.place {
			t.Errorf("%s: got %q, %q; want %q, %q", c.name, country, city, c.country, c.place)
		}
	}
}

func TestLocateDoesNotAllocateWithoutAPlace(t *testing.T) {
	g := gazetteer(t)
	for _, text := range []string{
		"is whatsapp down for anyone else or is it just me #whatsappdown",
		"WhatsApp se cayó en todo el mundo, ¿no?",
		"インスタ不具合で何も見れないんだけど",
		"카톡 먹통이라 아무것도 안 됨",
		"в телеге ничего не грузится",
	} {
		p := &event.Post{Text: text, Lang: "en"}
		if n := testing.AllocsPerRun(100, func() { g.Locate(p) }); n != 0 {
			t.Errorf("%q: %v allocations, want none", text, n)
		}
	}
}

func FuzzLocate(f *testing.F) {
	g := gazetteer(f)
	f.Add("in Milan", "Milano, Italia 🇮🇹", "en", "it")
	f.Add("東京で", "\U0001F1E6", "ja", "X")
	f.Add("#", "A TX", "", "ZZZ")
	f.Fuzz(func(t *testing.T, text, stated, lang, country string) {
		got, city := g.Locate(&event.Post{Text: text, Place: stated, Lang: lang, Country: country})
		if got == "" && city != "" {
			t.Errorf("a city without its country: %q", city)
		}
		if got != "" && len(got) != 2 {
			t.Errorf("country %q is no alpha-2 code", got)
		}
	})
}

func BenchmarkLocateText(b *testing.B) {
	g := gazetteer(b)
	p := &event.Post{Text: "is whatsapp down for anyone else here or is it just me, nothing goes through since noon", Lang: "en"}
	b.ReportAllocs()
	for b.Loop() {
		g.Locate(p)
	}
}

func BenchmarkLocateStated(b *testing.B) {
	g := gazetteer(b)
	p := &event.Post{Place: "Milano, Italia"}
	b.ReportAllocs()
	for b.Loop() {
		g.Locate(p)
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := place.New(); err != nil {
			b.Fatal(err)
		}
	}
}
