package match_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
)

// tongue is what people say in one language, in clauses that can be put together; share is how many posts in a thousand are in it.
type tongue struct {
	lang    string
	share   int
	clauses string
}

// tongues is the mix of languages of a public network. The clauses have nothing to do with services in trouble, though some
// sound like it, as everyday speech does.
var tongues = []tongue{
	{"en", 430, `just finished my morning run and the park is beautiful this time of year|I can't believe the season is over already|my cat refuses to get off the keyboard|she walked down to the river and stayed there until it got dark|this sentence from the book keeps me up at night|does anyone have a good recipe for lentil soup?|the new episode broke my heart and I need to talk about it|my back hurts after moving all those boxes|working on a new painting today, will post it when the colours are right|the kids are asleep so I can finally read|not sure how to feel about any of this|he lost his keys again lol|I have no problem with that whatsoever|the bus was late so I missed half of the show|everyone keeps telling me to slow down|some people really have nothing better to do|up next: a long nap|trying to sell my old bike, message me if you are interested|I never know what to say in these situations|that game last night was something else|it took me two hours to find the shoes under the bed|can't wait for the weekend|my grandmother taught me to knit when I was little|it is what it is|what a save by the keeper!|we should all drink more water|commissions are open again|thinking about going back to school|I'm so tired of this weather|remember when summers were cool?|the sun came out for about a minute|baked bread for the first time and nobody died|politicians talk and talk and nothing ever changes|he is now the oldest player ever to score in a final|finished the third chapter of the story today|my neighbour plays the trumpet at night|there is a heron at the pond again|reading the comments was a mistake|the vote is on Tuesday and I still have questions|somebody left a piano in the street|I would like to thank my dentist for nothing|dogs know exactly what they are doing|a quiet day at the office for once|the museum was closed when we got there|how do you even fold a fitted sheet|trains here are never on time|the red one is my favourite|waiting in line for coffee|new drawing of my character in her winter coat|bought far too many tomatoes at the market|this album gets better every time|I think the plot makes no sense but the costumes are great|voting matters|the garden is full of bees|nothing works like a cup of tea|another day another deadline|my phone died in the middle of the hike|she said yes!|the soup was too salty and the bread was stale|wrote two thousand words before breakfast`},
	{"ja", 150, `今日はとても天気がよかったので公園まで散歩してきました|新しいカフェに行ってきた。ケーキがとても美味しくてまた行きたい|仕事が終わらないので今日は残業です|おはようございます。今日も一日がんばりましょう|推しが尊すぎて泣いた|描きました！見てくれると嬉しいです|猫がキーボードの上からどいてくれない|昨日のアニメ最高だったな|お腹すいたけど何も作りたくない|電車の中で寝てしまった|オンラインで買った本がやっと届いた|髪を切ったら軽くなった|推しのライブのチケットが当たりました|なかなか寝られない夜|週末は温泉に行く予定です|雨が降ってきたので急いで帰る`},
	{"pt", 100, `hoje acordei cedo e fui na feira comprar frutas|que dia lindo para caminhar na praia com a família|não aguento mais essa novela|meu gato caiu da cama e fingiu que nada aconteceu|alguém tem receita de bolo de cenoura?|tô com saudade da minha avó|o jogo de ontem foi uma vergonha|vou dormir porque amanhã tem trabalho|essa música não sai da minha cabeça|perdi a hora de novo|ninguém me avisou que ia chover`},
	{"es", 60, `esta noche cocino para toda la familia|espero que les guste la receta nueva de mi abuela|no puedo creer que ya sea viernes|mi perro se comió los deberes, en serio|qué bonito está el mar hoy|se me cayó el café encima|alguien sabe de un buen libro de historia?|vuelvo a casa después de dos semanas|el partido de ayer fue malísimo`},
	{"de", 50, `heute war ein langer tag im büro, jetzt endlich feierabend|ein gutes buch auf dem sofa|der zug fällt schon wieder aus|ich habe keine lust mehr auf regen|wer kennt ein gutes rezept für kürbissuppe?|meine tomaten gehen endlich auf|das geht doch nicht|die kinder schlafen, ruhe im haus|morgen geht es in die berge`},
	{"fr", 40, `ce matin j'ai vu un renard dans le jardin|il avait l'air aussi surpris que moi de cette rencontre|je ne sais pas quoi faire ce week-end|le train est en retard comme d'habitude|une bonne soupe et au lit|j'ai perdu mes clés dans la neige|ça marche toujours mieux avec du café|quel match hier soir !`},
	{"ko", 40, `오늘은 친구랑 맛있는 저녁을 먹고 한강을 걸었다|날씨가 정말 좋았어|우리 고양이가 키보드 위에서 안 내려와 ㅠㅠ|어제 본 드라마 너무 재밌었다 ㅋㅋㅋ|주말에 뭐 하지|잠이 안 온다|그림 그렸어요 봐주세요`},
	{"it", 12, `stamattina ho visto una volpe in giardino|non so cosa cucinare stasera|il gatto dorme sulla tastiera|che partita ieri sera|domani si va al mare`},
	{"nl", 12, `vanochtend een vos in de tuin gezien|wie heeft er een goed recept voor erwtensoep?|de trein rijdt weer eens niet|morgen naar het strand met de kinderen`},
	{"tr", 12, `bugün hava çok güzeldi sahilde yürüdük|kedim klavyeden inmiyor|akşama ne pişirsem bilemedim|dünkü maç neydi öyle`},
	{"pl", 10, `dzisiaj rano widziałem lisa w ogrodzie|kot nie chce zejść z klawiatury|jutro jedziemy w góry z dziećmi|nie mogę się doczekać weekendu`},
	{"ru", 16, `сегодня утром видел лису в саду|кот не слезает с клавиатуры|завтра едем в горы с детьми|не знаю что приготовить на ужин|вчерашний матч был просто ужасным`},
	{"uk", 10, `сьогодні вранці бачив лисицю в саду|кіт не злазить з клавіатури|завтра їдемо в гори з дітьми`},
	{"ar", 12, `اليوم كان الجو جميلا جدا ومشينا على البحر|القطة لا تريد أن تنزل عن لوحة المفاتيح|لا أعرف ماذا أطبخ الليلة|مباراة الأمس كانت رائعة`},
	{"fa", 8, "امروز هوا خیلی خوب بود و کنار دریا قدم زدیم|گربه از روی صفحه کلید پایین نمی\u200cآید|نمی\u200cدانم امشب چه بپزم"},
	{"he", 6, `היום ראיתי שועל בגינה|החתול לא יורד מהמקלדת|לא יודע מה לבשל הערב`},
	{"th", 14, `วันนี้อากาศดีมากเลยไปเดินเล่นที่สวนสาธารณะ|แมวไม่ยอมลงจากคีย์บอร์ด|คืนนี้จะทำอะไรกินดี|เมื่อวานดูหนังเรื่องใหม่สนุกมาก`},
	{"zh", 10, `今天天气很好，我们去公园散步了|猫一直趴在键盘上不肯下来|今晚不知道做什么菜|昨天的比赛真精彩|终于到周末了`},
	{"hi", 4, `आज मौसम बहुत अच्छा था और हम पार्क में घूमने गए|बिल्ली कीबोर्ड से नहीं उतर रही|आज रात क्या बनाऊं`},
	{"vi", 2, `hôm nay trời đẹp quá nên cả nhà đi dạo công viên|con mèo không chịu xuống khỏi bàn phím|tối nay nấu gì đây`},
	{"id", 2, `pagi ini lihat rubah di kebun|kucingku nggak mau turun dari keyboard|malam ini masak apa ya`},
}

// asides are what stands around the words: hashtags, addresses, other people, pictures.
var asides = []string{
	"#art", "#photography", "#caturday", "#nowplaying", "#おはようVTuber", "#イラスト", "#創作", "#booksky", "#gardening", "#マイナス思考", "#football", "#sunday_morning", "#countdown", "#arte",
	"#foto", "#주말", "#кот", "#تصوير", "#ภาพถ่าย", "#早安", "#lockdown2020", "#breakdown", "#moon #stars #nightsky", "😂😂", "❤️", "🥺", "lol", "www", "ㅋㅋ", "ㅠㅠ", "@alice.bsky.social", "@bob.example.com",
	"https://example.com/posts/2024/09/how-to-slow-down", "https://www.youtube.com/watch?v=dQw4w9WgXcQ", "https://open.spotify.com/track/4cOdK2wGLETKBW3PvgPWqT",
}

// names stand in one post of forty, for no trouble at all.
var names = []string{"saw it on YouTube", "(on my Instagram)", "it was on Netflix", "Google says so", "via Twitch", "as on Twitter before", "playing on Steam", "new on Patreon", "X is full of it", "on Reddit of course"}

// loud are posts that speak of a service in trouble.
var loud = []string{
	"is whatsapp down for anyone else or is it just me", "#instagramdown again", "インスタ落ちてる？", "o zap parou de novo", "spotify geht bei mir nicht", "카톡 나만 먹통인가",
	"why is discord not loading", "#rogersdown since this morning", "ватсап не работает", "YouTube is back",
}

// poster makes posts of Bluesky as its stream sends them.
type poster struct{ *rand.Rand }

// letters are n letters of an id.
func (r poster) letters(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = "abcdefghijklmnopqrstuvwxyz234567"[r.IntN(32)]
	}
	return string(b)
}

// text says something in some language.
func (r poster) text() (text, lang string) {
	n := r.IntN(1000)
	pick := tongues[0]
	for _, t := range tongues {
		if n -= t.share; n < 0 {
			pick = t
			break
		}
	}
	clauses := strings.Split(pick.clauses, "|")
	parts := []string{clauses[r.IntN(len(clauses))]}
	for r.IntN(5) < 3 && len(parts) < 5 {
		parts = append(parts, clauses[r.IntN(len(clauses))])
	}
	text = strings.Join(parts, []string{". ", ", ", "\n\n", " – ", "! "}[r.IntN(5)])
	for r.IntN(3) == 0 {
		text += " " + asides[r.IntN(len(asides))]
	}
	if r.IntN(40) == 0 {
		text += " " + names[r.IntN(len(names))]
	}
	return text, pick.lang
}

// extras are what a record has besides its text: answers, quotes, cards, tags and links.
func (r poster) extras(text string) string {
	var b strings.Builder
	ref := func() string {
		return fmt.Sprintf(`{"cid":"bafyrei%s","uri":"at://did:plc:%s/app.bsky.feed.post/%s"}`, r.letters(52), r.letters(24), r.letters(13))
	}
	if r.IntN(100) < 25 {
		fmt.Fprintf(&b, `"reply":{"parent":%s,"root":%s},`, ref(), ref())
	}
	switch r.IntN(10) {
	case 0:
		fmt.Fprintf(&b, `"embed":{"$type":"app.bsky.embed.record","record":%s},`, ref())
	case 1:
		fmt.Fprintf(&b, `"embed":{"$type":"app.bsky.embed.external","external":{"description":"How it came down to this, and what works now","title":"The line that went down in history","uri":"https://www.youtube.com/watch?v=%s"}},`, r.letters(11))
	case 2:
		fmt.Fprintf(&b, `"embed":{"$type":"app.bsky.embed.images","images":[{"alt":"","aspectRatio":{"height":1200,"width":900},"image":{"$type":"blob","ref":{"$link":"bafkrei%s"},"mimeType":"image/jpeg","size":284217}}]},`, r.letters(52))
	}
	if at := strings.Index(text, "#"); at >= 0 {
		tag, _, _ := strings.Cut(text[at+1:], " ")
		quoted, _ := json.Marshal(tag)
		fmt.Fprintf(&b, `"facets":[{"features":[{"$type":"app.bsky.richtext.facet#tag","tag":%s}],"index":{"byteEnd":%d,"byteStart":%d}}],`, quoted, at+len(tag)+1, at)
	}
	return b.String()
}

// line makes a line of Jetstream of about 590 bytes.
func (r poster) line(text, lang string) []byte {
	var quoted strings.Builder
	enc := json.NewEncoder(&quoted)
	enc.SetEscapeHTML(r.IntN(2) == 0)
	if err := enc.Encode(text); err != nil {
		panic(err)
	}
	return fmt.Appendf(nil, `{"did":"did:plc:%s","time_us":1725911162%06d,"kind":"commit","commit":{"rev":"%s","operation":"create","collection":"app.bsky.feed.post","rkey":"%s","record":{"$type":"app.bsky.feed.post","createdAt":"2024-09-09T19:46:02.102Z",%s"langs":["%s"],"text":%s},"cid":"bafyrei%s"}}`,
		r.letters(24), r.IntN(1e6), r.letters(13), r.letters(13), r.extras(text), lang, strings.TrimSpace(quoted.String()), r.letters(52))
}

// stream makes n lines, of which the first of every so many speaks of a service in trouble; 0: none does.
func stream(n, every int) [][]byte {
	r := poster{rand.New(rand.NewPCG(1, 2))}
	lines := make([][]byte, n)
	for i := range lines {
		text, lang := r.text()
		if every > 0 && i%every == 0 {
			text, lang = loud[i/every%len(loud)], ""
		}
		lines[i] = r.line(text, lang)
	}
	return lines
}
