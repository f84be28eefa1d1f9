package sim

import "strings"

// subject is a service as people write about it.
type subject struct {
	id, name string
	// forms are ways to write the name, besides name itself; local has those of one language.
	forms []string
	local map[string][]string
	// handle is the service's own account.
	handle string
	// talk and gripes are how many posts a minute speak of it on a usual day: without complaint, and with somebody's own
	// small trouble.
	talk, gripes float64
	// plain says that nobody posts on the service: it is used, paid, talked about.
	plain bool
	// home lists the countries it serves; empty: all.
	home []string
}

// spell writes the service's name in one of the ways usual in the language.
func (s *subject) spell(r chooser, lang string) string {
	if own := s.local[lang]; len(own) > 0 && r.Float64() < 0.6 {
		return own[r.IntN(len(own))]
	}
	if len(s.forms) > 0 && r.Float64() < 0.35 {
		return s.forms[r.IntN(len(s.forms))]
	}
	return s.name
}

// stem is what a hashtag about the service begins with.
func (s *subject) stem(r chooser, lang string) string {
	name := s.name
	switch own := s.local[lang]; {
	case len(own) > 0 && r.Float64() < 0.6:
		name = own[r.IntN(len(own))]
	case len(s.forms) > 0 && r.Float64() < 0.3:
		name = s.forms[r.IntN(len(s.forms))]
	}
	name = strings.Map(tagRune, name)
	if len(name) > 6 && r.Float64() < 0.015 {
		name = miskey(r, name)
	}
	if r.Float64() < 0.5 {
		return strings.ToLower(name)
	}
	return name
}

// tagRune drops what ends a hashtag.
func tagRune(r rune) rune {
	if strings.ContainsRune(" -.'&", r) {
		return -1
	}
	return r
}

// miskey hits one wrong key, never the first.
func miskey(r chooser, name string) string {
	letters := []rune(name)
	const keys = "aeionrst"
	letters[1+r.IntN(len(letters)-1)] = rune(keys[r.IntN(len(keys))])
	return string(letters)
}

// chooser is what spelling needs of a source of chance.
type chooser interface {
	Float64() float64
	IntN(n int) int
}

func global(id, name, handle string, talk, gripes float64, forms ...string) subject {
	return subject{id: id, name: name, handle: handle, talk: talk, gripes: gripes, forms: forms}
}

func (s subject) at(codes ...string) subject {
	s.home = codes
	return s
}

func (s subject) in(lang string, names ...string) subject {
	local := map[string][]string{lang: names}
	for k, v := range s.local {
		local[k] = v
	}
	s.local = local
	return s
}

// subjects lists the services that the simulated people speak of.
func subjects() []subject {
	all := append(append(socialSubjects(), trade()...), homeSubjects()...)
	for i := range all {
		switch all[i].id {
		case "aws", "google-cloud", "azure", "cloudflare", "amazon", "alexa", "ring", "canva", "coinbase", "etsy", "ebay", "outlook", "paypal", "uber",
			"rogers", "verizon", "att", "t-mobile-us", "vodafone", "bt", "telekom-de", "nubank", "upi", "phonepe", "jio", "paypay", "sberbank", "monobank",
			"bca", "gojek", "garanti-bbva", "allegro", "mbway", "swish", "ing", "gcash", "otp-banka", "harbor-ferry", "metro", "netflix", "spotify":
			all[i].plain = true
		}
	}
	return all
}

func socialSubjects() []subject {
	return []subject{
		global("tiktok", "TikTok", "tiktok_us", 7, .16, "tiktok", "tik tok", "Tiktok").
			in("ja", "ティックトック", "TikTok").in("ru", "тикток").in("ar", "تيك توك").in("th", "ติ๊กตอก").in("ko", "틱톡").in("hi", "टिकटॉक"),
		global("whatsapp", "WhatsApp", "WhatsApp", 6, .14, "whatsapp", "Whatsapp", "whats app", "wapp").
			in("pt", "zap", "whats", "WhatsApp").in("es", "wasap", "WhatsApp").in("ar", "واتساب", "الواتساب").in("hi", "व्हाट्सऐप", "WhatsApp").
			in("ru", "ватсап", "вотсап").in("he", "ווטסאפ").in("fa", "واتساپ").in("ko", "왓츠앱").in("id", "WA", "whatsapp").in("ja", "ワッツアップ"),
		global("instagram", "Instagram", "instagram", 8, .22, "instagram", "insta", "Insta", "ig", "IG").
			in("ja", "インスタ", "インスタグラム").in("ko", "인스타", "인스타그램").in("th", "ไอจี", "IG").in("ru", "инста", "инстаграм").
			in("ar", "انستقرام", "الانستا").in("he", "אינסטגרם").in("fa", "اینستاگرام", "اینستا").in("hi", "इंस्टाग्राम").in("uk", "інстаграм", "інста"),
		global("facebook", "Facebook", "facebook", 6, .2, "facebook", "fb", "FB", "face").
			in("ja", "フェイスブック").in("ko", "페북", "페이스북").in("th", "เฟส", "เฟซบุ๊ก").in("ru", "фейсбук").in("ar", "فيسبوك").
			in("he", "פייסבוק").in("hi", "फेसबुक").in("zh-Hant", "臉書", "FB").in("vi", "Facebook", "fb").in("uk", "фейсбук"),
		global("messenger", "Messenger", "messenger", 1.2, .04, "messenger", "fb messenger"),
		global("threads", "Threads", "threads", 2, .04, "threads"),
		global("telegram", "Telegram", "telegram", 3, .08, "telegram", "Tg").
			in("ru", "телега", "телеграм", "тг").in("uk", "телеграм", "тг").in("it", "Telegram").in("fa", "تلگرام").in("ar", "تيليجرام"),
		global("x", "Twitter", "Support", 4, .12, "X", "twitter").in("ja", "X", "ツイッター").in("ko", "트위터", "엑스").in("th", "ทวิตเตอร์", "X").in("ar", "تويتر"),
		global("snapchat", "Snapchat", "snapchatsupport", 2.5, .08, "snap", "snapchat").in("ar", "سناب", "سناب شات"),
		global("discord", "Discord", "discord", 2.5, .1, "discord"),
		global("youtube", "YouTube", "TeamYouTube", 8, .18, "youtube", "yt", "Youtube").in("ru", "ютуб").in("ja", "ユーチューブ", "YouTube").in("ko", "유튜브").in("th", "ยูทูป"),
		global("reddit", "Reddit", "redditstatus", 2.5, .06, "reddit"),
		global("signal", "Signal", "signalapp", .8, .02, "signal app"),
		global("spotify", "Spotify", "SpotifyStatus", 4, .1, "spotify", "Spotify").in("ja", "スポティファイ", "Spotify"),
		global("netflix", "Netflix", "netflix", 4, .1, "netflix").in("ko", "넷플릭스", "넷플"),
		global("google", "Google", "Google", 5, .05, "google"),
		global("gmail", "Gmail", "gmail", 1.5, .05, "gmail"),
		global("twitch", "Twitch", "TwitchSupport", 2, .06, "twitch"),
		global("linkedin", "LinkedIn", "LinkedInHelp", 1.2, .03, "linkedin"),
		global("bluesky", "Bluesky", "bsky.app", 2, .03, "bsky", "bluesky"),
	}
}

func trade() []subject {
	return []subject{
		global("aws", "AWS", "awscloud", .7, .02, "aws", "Amazon Web Services"),
		global("google-cloud", "Google Cloud", "googlecloud", .4, .01, "GCP", "google cloud"),
		global("azure", "Azure", "AzureSupport", .5, .02, "azure"),
		global("cloudflare", "Cloudflare", "Cloudflare", .5, .02, "cloudflare"),
		global("amazon", "Amazon", "AmazonHelp", 4, .08, "amazon"),
		global("alexa", "Alexa", "alexa99", 1, .04, "alexa"),
		global("ring", "Ring", "ring", .5, .02, "Ring doorbell", "ring camera"),
		global("roblox", "Roblox", "Roblox", 3, .12, "roblox"),
		global("fortnite", "Fortnite", "FortniteStatus", 3, .1, "fortnite"),
		global("steam", "Steam", "Steam", 1.5, .04, "steam"),
		global("playstation-network", "PSN", "AskPlayStation", 1.5, .07, "psn", "playstation network", "PlayStation Network"),
		global("xbox-live", "Xbox Live", "XboxSupport", 1.2, .05, "xbox live", "xbox"),
		global("canva", "Canva", "canva", .8, .02, "canva"),
		global("coinbase", "Coinbase", "CoinbaseSupport", .8, .05, "coinbase"),
		global("etsy", "Etsy", "Etsy", .8, .02, "etsy"),
		global("chatgpt", "ChatGPT", "OpenAI", 4, .12, "chatgpt", "chat gpt", "ChatGPT").in("ja", "チャッピー", "ChatGPT"),
		global("zoom", "Zoom", "Zoom", .9, .03, "zoom"),
		global("slack", "Slack", "SlackStatus", .7, .03, "slack"),
		global("teams", "Microsoft Teams", "MicrosoftTeams", .8, .04, "ms teams", "Teams"),
		global("ebay", "eBay", "AskeBay", 1, .03, "ebay"),
		global("outlook", "Outlook", "Outlook", .7, .04, "outlook"),
		global("github", "GitHub", "githubstatus", 1, .03, "github", "gh"),
		global("paypal", "PayPal", "AskPayPal", 1.2, .07, "paypal"),
		global("uber", "Uber", "Uber_Support", 1.2, .06, "uber"),
	}
}

func homeSubjects() []subject {
	return []subject{
		global("rogers", "Rogers", "RogersHelps", .5, .06, "rogers", "Rogers wireless").at("CA"),
		global("verizon", "Verizon", "VerizonSupport", .8, .08, "verizon").at("US"),
		global("att", "AT&T", "ATTHelp", .7, .08, "att", "at&t").at("US"),
		global("t-mobile-us", "T-Mobile", "TMobileHelp", .8, .08, "tmobile", "t-mobile").at("US"),
		global("vodafone", "Vodafone", "VodafoneUK", .7, .08, "vodafone").at("GB", "IT", "DE", "ES", "PT"),
		global("bt", "BT", "BTCare", .3, .04, "bt broadband").at("GB"),
		global("telekom-de", "Telekom", "Telekom_hilft", .4, .05, "telekom").at("DE"),
		global("nubank", "Nubank", "nubank", .6, .05, "nubank", "nu").at("BR"),
		global("upi", "UPI", "UPI_NPCI", .7, .06, "upi", "upi payments").in("hi", "यूपीआई", "UPI").at("IN"),
		global("phonepe", "PhonePe", "PhonePe", .5, .05, "phonepe").in("hi", "फोनपे").at("IN"),
		global("jio", "Jio", "JioCare", .8, .08, "jio").in("hi", "जियो").at("IN"),
		global("kakaotalk", "KakaoTalk", "kakao", 1.2, .03, "kakaotalk").in("ko", "카톡", "카카오톡").at("KR"),
		global("naver", "Naver", "naver", 1, .03, "naver").in("ko", "네이버").at("KR"),
		global("line", "LINE", "LINEjp_official", 2, .06, "LINE").in("ja", "LINE", "ライン").in("th", "ไลน์", "LINE").in("zh-Hant", "LINE", "賴").at("JP", "TH", "TW"),
		global("paypay", "PayPay", "PayPayOfficial", .9, .04, "paypay").in("ja", "PayPay", "ペイペイ").at("JP"),
		global("weibo", "Weibo", "weibo", 2, .04, "weibo").in("zh-Hans", "微博").at("CN"),
		global("bilibili", "Bilibili", "bilibili", 2, .04, "bilibili", "B站").in("zh-Hans", "B站", "哔哩哔哩").at("CN"),
		global("wechat", "WeChat", "WeChatApp", 2, .03, "wechat").in("zh-Hans", "微信").at("CN"),
		global("vk", "VK", "vkontakte", 1.5, .05, "vk").in("ru", "вк", "вконтакте").at("RU"),
		global("sberbank", "Sberbank", "sberbank", .5, .05, "sber").in("ru", "сбер", "сбербанк").at("RU"),
		global("monobank", "monobank", "monobankua", .4, .03, "mono").in("uk", "монобанк", "моно").at("UA"),
		global("bca", "BCA", "HaloBCA", .6, .06, "bca", "m-bca", "mobile bca").at("ID"),
		global("gojek", "Gojek", "gojekindonesia", .6, .05, "gojek").at("ID"),
		global("garanti-bbva", "Garanti BBVA", "garantibbva", .4, .04, "garanti").at("TR"),
		global("allegro", "Allegro", "allegro_pl", .5, .03, "allegro").at("PL"),
		global("mbway", "MB WAY", "mbway", .3, .03, "mbway", "mb way").at("PT"),
		global("swish", "Swish", "swish", .3, .03, "swish").at("SE"),
		global("ing", "ING", "ingnl", .3, .03, "ing").at("NL"),
		global("gcash", "GCash", "gcashofficial", .6, .06, "gcash").at("PH"),
		global("zalo", "Zalo", "zalo", .6, .03, "zalo").in("vi", "Zalo").at("VN"),
		global("otp-banka", "OTP banka", "otpbanka", .02, .002, "otp banka", "OTP").at("SI"),
		global("friendster", "Friendster", "friendster", .05, 0, "friendster"),
		global("harbor-ferry", "Harbor Ferry", "HarborFerry", .01, 0).at("US"),
		global("metro", "City Metro", "CityMetroHelp", .15, .03, "city metro", "CityMetro").at("US"),
	}
}
