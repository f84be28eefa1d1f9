package sim

import "time"

// silent are the times when nothing may fire.
func silent() []Scenario {
	var all []Scenario
	for _, part := range [][]Scenario{sayings(), floods(), headlines(), tricks(), lookalikes(), weeks()} {
		all = append(all, part...)
	}
	return all
}

// calmEvening is six hours in which only the crowds are out of the ordinary.
func calmEvening(id, title string, start time.Time, crowds ...crowd) Scenario {
	return newScenario(id, title, start, hm(6, 0), story{crowds: crowds})
}

// rush is a crowd that rises three hours after the start, stays for an hour and fades.
func rush(height float64, service string, choruses ...chorus) crowd {
	return crowd{
		name: "rush", from: hm(3, 0), rise: 12 * time.Minute, hold: time.Hour, fade: 30 * time.Minute, height: height, service: service,
		choruses: choruses, passing: .25,
	}
}

// says is one country with a section of the phrase files.
func says(code, section string) chorus { return chorus{code: code, share: 1, section: section} }

// quotes is one country with texts of its own.
func quotes(code string, texts ...string) chorus { return chorus{code: code, share: 1, texts: texts} }

// sayings are talk about services that contains no complaint of an outage.
func sayings() []Scenario {
	joke := rush(25, "friendster", says("US", "jokeon"), says("GB", "jokeon"))
	joke.other, joke.passing = "x", .5
	refuge := rush(30, "friendster", says("US", "moving"), says("GB", "moving"), says("NG", "moving"))
	refuge.other = "telegram"
	praise := rush(30, "spotify", says("US", "praise"), says("GB", "praise"))
	launch := rush(45, "instagram", says("US", "launch"), says("GB", "launch"), says("IN", "launch"))
	price := rush(40, "netflix", says("US", "price"), says("GB", "price"), says("CA", "price"))
	update := rush(35, "snapchat", says("US", "dislike"), says("GB", "dislike"))
	scandal := rush(60, "tiktok", says("US", "scandal"), says("GB", "scandal"))
	removed := rush(30, "x", says("US", "removed"), says("GB", "removed"))
	memory := rush(35, "facebook", says("US", "remember"), says("GB", "remember"))
	memory.tagged = .25
	return []Scenario{
		calmEvening("joke-twitterdown", "#TwitterDown as a joke: another, smaller place is down", utc(2022, 9, 6, 15, 0), joke),
		calmEvening("refuge-only", "Everybody moves to Telegram after new terms elsewhere", utc(2021, 1, 11, 15, 0), refuge),
		calmEvening("praise", "A service is praised for its yearly review", utc(2023, 11, 29, 12, 0), praise),
		calmEvening("launch-hype", "A new feature is launched and everybody wants it", utc(2023, 7, 6, 10, 0), launch),
		calmEvening("price-rise", "Prices rise and people rant and cancel", utc(2023, 10, 18, 16, 0), price),
		calmEvening("update-disliked", "An update that works and that nobody likes", utc(2022, 5, 10, 14, 0), update),
		calmEvening("scandal", "A celebrity's scandal on a platform", utc(2024, 2, 20, 18, 0), scandal),
		calmEvening("feature-removed", "A button is taken away on purpose", utc(2024, 6, 12, 12, 0), removed),
		calmEvening("remember-when", "The anniversary of an old outage", utc(2022, 10, 4, 14, 0), memory),
	}
}

// floods are many ordinary posts at once.
func floods() []Scenario {
	wakes := crowd{name: "morning", from: hm(2, 30), rise: 50 * time.Minute, hold: hm(1, 30), fade: time.Hour, height: 16, service: "whatsapp", choruses: []chorus{says("BR", "talk"), says("ID", "talk")}}
	newYear := crowd{name: "greetings", from: hm(2, 55), rise: 5 * time.Minute, hold: 40 * time.Minute, fade: 30 * time.Minute, height: 120, service: "whatsapp",
		choruses: []chorus{says("IT", "greeting"), says("DE", "greeting"), says("ES", "greeting"), says("GB", "greeting")}}
	match := crowd{name: "final", from: hm(3, 0), rise: 5 * time.Minute, hold: 100 * time.Minute, fade: 20 * time.Minute, height: 100, service: "youtube", choruses: []chorus{says("BR", "talk"), says("AR", "life"), says("FR", "life")}}
	touchdown := crowd{name: "touchdown", from: hm(2, 0), rise: 3 * time.Minute, hold: hm(3, 0), fade: 10 * time.Minute, height: 110, choruses: []chorus{says("US", "touchdown")}}
	quake := crowd{name: "quake", from: hm(3, 0), rise: 2 * time.Minute, hold: 30 * time.Minute, fade: 20 * time.Minute, height: 140, choruses: []chorus{says("US", "quake"), says("NZ", "quake")}}
	return []Scenario{
		calmEvening("country-wakes", "A country wakes up: WhatsApp is named five times as often", utc(2023, 5, 15, 7, 0), wakes),
		calmEvening("new-year", "New year's greetings", utc(2023, 12, 31, 20, 0), newYear),
		calmEvening("final", "A final that everybody watches", utc(2022, 12, 18, 12, 0), match),
		calmEvening("touchdown-sunday", "#touchdown on a Sunday", utc(2023, 1, 22, 18, 0), touchdown),
		calmEvening("earthquake", "An earthquake is felt; services hold", utc(2024, 4, 3, 20, 0), quake),
		newScenario("loud-day", "A day on which everybody talks three times as much", utc(2024, 11, 5, 12, 0), hm(8, 0), story{louder: 3, calm: 90}),
	}
}

// headlines are news about services that work.
func headlines() []Scenario {
	news := func(height float64, service, section string, codes ...string) crowd {
		var voices []chorus
		for _, c := range codes {
			voices = append(voices, says(c, section))
		}
		c := rush(height, service, voices...)
		c.link, c.passing = .45, .45
		return c
	}
	morning := news(16, "instagram", "yesterday", "US", "GB", "IE")
	return []Scenario{
		calmEvening("share-price", "Facebook is down 26 % on the exchange", utc(2022, 2, 3, 14, 0), news(40, "facebook", "shares", "US", "GB")),
		calmEvening("lockdown-headline", "A headline opens with LOCKDOWN", utc(2021, 10, 6, 14, 0), news(30, "facebook", "lockdown", "US", "GB")),
		calmEvening("tiktok-ban", "Politics: shall TikTok be banned?", utc(2024, 4, 24, 14, 0), news(60, "tiktok", "ban", "US", "GB")),
		calmEvening("layoffs", "A company lets thousands go", utc(2022, 11, 9, 12, 0), news(35, "facebook", "layoffs", "US", "IN")),
		calmEvening("data-leak", "Somebody's data have leaked", utc(2021, 4, 3, 12, 0), news(30, "facebook", "leak", "US", "GB", "IE")),
		calmEvening("maintenance", "Planned maintenance is announced for Sunday", utc(2024, 1, 19, 12, 0), news(12, "playstation-network", "maintenance", "US", "GB")),
		calmEvening("morning-after", "The papers write of yesterday's outage", utc(2024, 12, 13, 6, 0), morning),
		calmEvening("rumoured-block", "A government is said to think of a block", utc(2023, 4, 26, 14, 0), news(22, "telegram", "block", "US", "GB")),
	}
}

// tricks are attempts, meant or not, to sound like many.
func tricks() []Scenario {
	ring := crowd{name: "ring", from: hm(3, 0), hold: time.Minute, height: 300, service: "whatsapp", fresh: true, same: true,
		choruses: []chorus{quotes("US", "{s} is down right now, nothing works, everybody switch today")}}
	ringBank := crowd{name: "ring", from: hm(3, 0), hold: time.Minute, height: 300, service: "nubank", fresh: true, same: true,
		choruses: []chorus{quotes("BR", "{s} fora do ar, saquem o dinheiro antes que seja tarde, repassem")}}
	hoax := rush(18, "whatsapp", says("GB", "hoax"), says("IN", "hoax"))
	hoax.same = true
	one := crowd{name: "shouter", from: hm(2, 30), hold: 40 * time.Minute, height: 5, service: "spotify", alone: true, tagged: .5, choruses: []chorus{says("US", "report")}}
	spam := rush(14, "instagram", says("US", "spam"))
	spam.fresh, spam.passing = true, 0
	bots := crowd{name: "bots", from: 0, hold: hm(6, 0), height: 2, service: "discord", choruses: []chorus{says("US", "statusbot")}, alone: true}
	viral := func(id, title, text string, reposts int) Scenario {
		s := calmEvening(id, title, utc(2023, 6, 8, 14, 0))
		s.story.quiet = []word{{at: hm(3, 0), lang: "en", text: text, reposts: reposts}}
		return s
	}
	return []Scenario{
		calmEvening("ring-whatsapp", "Three hundred new accounts say the same within a minute", utc(2023, 3, 21, 14, 0), ring),
		calmEvening("ring-bank", "Three hundred new accounts want a run on a bank", utc(2024, 3, 21, 14, 0), ringBank),
		calmEvening("hoax", "A chain letter: WhatsApp will be off tonight", utc(2019, 7, 4, 10, 0), hoax),
		calmEvening("shouter", "One person says it two hundred times", utc(2023, 2, 2, 14, 0), one),
		calmEvening("spam-recovery", "Spam that offers help with suspended accounts", utc(2023, 9, 9, 10, 0), spam),
		calmEvening("status-bot", "A bot that says every half a minute that all is well", utc(2024, 8, 8, 10, 0), bots),
		viral("viral-greeting", "One post of a brand, passed on by everybody", "hi there, everybody and their grandmother", 15000),
		viral("viral-complaint", "One complaint, passed on by everybody", "is WhatsApp down or did my friends finally have enough of me", 15000),
	}
}

// lookalikes are words that mean something else.
func lookalikes() []Scenario {
	words := func(id, title string, start time.Time, c crowd) Scenario { return calmEvening(id, title, start, c) }
	return []Scenario{
		words("downloaders", "#TikTokDownloader and its kin", utc(2023, 8, 1, 12, 0), rush(25, "tiktok", says("US", "download"), says("IN", "download"))),
		words("down-bad", "Idioms with down", utc(2023, 8, 2, 12, 0), rush(35, "instagram", says("US", "idiom"), says("GB", "idiom"))),
		words("ambiguous-names", "Steam, signal, zoom and discord as plain words", utc(2023, 8, 3, 12, 0), rush(30, "", says("US", "plainwords"), says("GB", "plainwords"))),
		words("plane-crash-tr", "An accident and a fog: çöktü", utc(2023, 8, 4, 12, 0), rush(60, "", quotes("TR",
			"uçak pistte çöktü diyorlar", "{p} üstüne sis çöktü", "eski bina çöktü, yaralı yok", "akşam üstüme bir ağırlık çöktü", "borsa çöktü çöküyor", "çatı çöktü, ekipler yolda"))),
		words("government-es", "A government falls: cayó", utc(2023, 8, 5, 12, 0), rush(60, "", quotes("ES",
			"cayó el gobierno", "se cayó el acuerdo en el congreso", "la caída del presidente en directo", "cayó el ministro, falta el resto", "se cayó todo en el parlamento"),
			quotes("MX", "cayó el gobierno", "se cayó la mesa de diálogo", "la caída del peso preocupa"))),
		words("storm-pt", "A storm: caiu", utc(2023, 8, 6, 12, 0), rush(60, "", quotes("BR",
			"caiu uma chuva em {p}", "caiu árvore na minha rua", "caiu granizo agora", "a energia caiu no bairro", "caiu a temperatura em {p}"))),
		words("exam-ja", "Examination results: 落ちた", utc(2024, 3, 10, 0, 0), rush(60, "", quotes("JP",
			"第一志望落ちた", "また落ちた…", "受験落ちた人集まれ", "サーバー室のバイト落ちた", "寝落ちしてた", "推薦も落ちた"))),
		words("cease-fire-ar", "A cease-fire: توقف", utc(2023, 8, 7, 12, 0), rush(50, "", quotes("EG",
			"توقف القتال منذ الصباح", "الهدنة وتوقف اطلاق النار", "عطلة رسمية غدا", "توقف المطر في {p}", "السفر معطل بسبب الضباب"))),
		words("boat-th", "A boat capsizes: ล่ม", utc(2023, 8, 8, 6, 0), rush(50, "", quotes("TH", "เรือล่มกลางทะเล", "เรือนักท่องเที่ยวล่ม ช่วยได้ทุกคน", "ธุรกิจล่มจม", "ข่าวเรือล่มวันนี้"))),
		words("rouble-ru", "The rouble falls and snow lies: упал, лежит", utc(2023, 8, 9, 12, 0), rush(60, "sberbank", quotes("RU",
			"рубль упал", "рубль опять упал, акции {s} тоже", "снег лежит до сих пор", "курс упал, иду в {s} менять", "упал спрос, пишут в новостях", "{s} снизил ставку"))),
		words("hit-song-ko", "A song is a hit: 터졌다", utc(2023, 8, 10, 9, 0), rush(50, "youtube", quotes("KR", "신곡 대박 터졌다", "{s} 조회수 터졌다 ㅋㅋ", "콘서트 티켓 웃음 터짐", "댓글 반응 터졌네"))),
		words("my-nerves-zh", "My nerves broke down: 崩了", utc(2023, 8, 11, 9, 0), rush(50, "weibo", quotes("CN", "我崩了", "心态崩了", "期末复习真的崩了", "股市崩了", "{s}上都在说人设崩了"))),
	}
}

// weeks are long times of nothing.
func weeks() []Scenario {
	wrestling := func(day int) crowd {
		return crowd{name: "show" + string(rune('a'+day)), from: hm(24*day+1, 0), rise: 10 * time.Minute, hold: hm(2, 0), fade: 15 * time.Minute, height: 70,
			choruses: []chorus{says("US", "smackdown"), says("GB", "smackdown")}}
	}
	few := []string{"x", "youtube", "instagram", "whatsapp", "spotify", "rogers", "playstation-network"}
	return []Scenario{
		newScenario("smackdown-fridays", "#SmackDown, three Fridays in a row", utc(2023, 6, 2, 23, 0), hm(16*24, 0),
			story{services: few, calm: 3, louder: .3, crowds: []crowd{wrestling(0), wrestling(7), wrestling(14)}}),
		newScenario("quiet-week", "A week in which nothing happens", utc(2024, 5, 6, 0, 0), hm(7*24, 0), story{calm: 6, louder: .5}),
	}
}
