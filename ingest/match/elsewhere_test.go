package match_test

import (
	"testing"
)

// line is a post, and the service that it names.
type line struct{ lang, text, service string }

// wantSilence fails where a post is read as a complaint, wantComplaints where one is not.
func wantSilence(t *testing.T, posts []line) {
	t.Helper()
	m := builtin(t)
	for _, p := range posts {
		if got := kinds(m, p.lang, p.text)[p.service]; got.IsComplaint() {
			t.Errorf("%s: %q, want no complaint", p.text, got)
		}
	}
}

func wantComplaints(t *testing.T, posts []line) {
	t.Helper()
	m := builtin(t)
	for _, p := range posts {
		if got := kinds(m, p.lang, p.text)[p.service]; !got.IsComplaint() {
			t.Errorf("%s: %q, want a complaint", p.text, got)
		}
	}
}

func TestNewLooksAreAMatterOfTaste(t *testing.T) {
	t.Parallel()
	wantSilence(t, []line{
		{"en", "the new snapchat is unusable", "snapchat"},
		{"en", "is anybody else stuck with the new tiktok?", "tiktok"},
		{"en", "can't find anything in the new spotify", "spotify"},
		{"en", "spotify looks broken, bring back the old layout", "spotify"},
		{"en", "tiktok why is the search button gone", "tiktok"},
		{"en", "the snapchat redesign is a mess", "snapchat"},
		{"es", "tiktok quedó horroroso, no funciona nada", "tiktok"},
		{"en", "tiktok update ruined everything", "tiktok"},
		{"de", "neues Spotify Design ist kaputt, gebt uns das alte zurück", "spotify"},
		{"es", "el nuevo diseño de Spotify es un error", "spotify"},
		{"fr", "la nouvelle interface de Spotify est une catastrophe", "spotify"},
		{"it", "la nuova grafica di Spotify è un disastro", "spotify"},
		{"pt", "o novo layout do Spotify tá um lixo, voltem com o antigo", "spotify"},
		{"nl", "het nieuwe design van Spotify is een ramp", "spotify"},
		{"pl", "nowy wygląd Spotify to porażka", "spotify"},
		{"sv", "nya designen på Spotify är en katastrof", "spotify"},
		{"tr", "Spotify yeni arayüz berbat, eski halini geri getirin", "spotify"},
		{"ru", "новый дизайн Spotify это провал, верните старый", "spotify"},
		{"uk", "новий дизайн Spotify жахливий, поверніть як було", "spotify"},
		{"ar", "تصميم سبوتيفاي الجديد خربان رجعوا القديم", "spotify"},
		{"fa", "ظاهر جدید اسپاتیفای خراب شده", "spotify"},
		{"he", "העיצוב החדש של Spotify שבור", "spotify"},
		{"hi", "Spotify ka naya design bekar hai purana wapas lao", "spotify"},
		{"id", "tampilan baru Spotify rusak, balikin yang lama", "spotify"},
		{"vi", "giao diện mới của Spotify lỗi quá, trả lại giao diện cũ", "spotify"},
		{"ja", "Spotifyの新しいデザイン使えない、元に戻して", "spotify"},
		{"ko", "스포티파이 새 디자인 왜이래 원래대로 돌려놔", "spotify"},
		{"zh", "Spotify新版界面太难用了，改回去", "spotify"},
	})
	wantComplaints(t, []line{
		{"en", "the new tiktok update won't open", "tiktok"},
		{"en", "the new spotify keeps crashing", "spotify"},
		{"en", "new spotify design and now I can't log in", "spotify"},
		{"en", "the new discord is down", "discord"},
		{"de", "neue Spotify Version stürzt ständig ab", "spotify"},
		{"es", "la nueva versión de Spotify no abre", "spotify"},
		{"fr", "la nouvelle version de Spotify plante au lancement", "spotify"},
		{"tr", "yeni Discord güncellemesi açılmıyor", "discord"},
		{"ja", "新しいDiscordが開かない", "discord"},
	})
}

func TestSharesOfACompanyAreNoServiceThatFails(t *testing.T) {
	t.Parallel()
	wantSilence(t, []line{
		{"en", "why is Amazon down so much", "amazon"},
		{"en", "Amazon down 90 billion", "amazon"},
		{"en", "Amazon down again, buy the dip", "amazon"},
		{"en", "Meta is crashing hard, dead cat bounce when", "meta"},
		{"en", "Netflix dead cat bounce when", "netflix"},
		{"en", "my calls on Meta expired worthless", "meta"},
		{"de", "Amazon bricht ein, Aktionäre nervös", "amazon"},
		{"de", "Snapchat bricht ein", "snapchat"},
		{"es", "Netflix se cae en bolsa", "netflix"},
		{"fr", "Netflix s'effondre en bourse", "netflix"},
		{"it", "Netflix crolla in borsa", "netflix"},
		{"pt", "Netflix caiu na bolsa", "netflix"},
		{"nl", "Netflix down, beleggers kopen de dip", "netflix"},
		{"pl", "Netflix spada na giełdzie", "netflix"},
		{"sv", "Netflix rasar på börsen", "netflix"},
		{"tr", "Netflix borsada çöktü", "netflix"},
		{"ru", "Netflix упал на бирже", "netflix"},
		{"uk", "Netflix впав на біржі", "netflix"},
		{"id", "Netflix anjlok di bursa", "netflix"},
		{"ja", "Netflixの時価総額が落ちた", "netflix"},
		{"ko", "넷플릭스 시총 떨어졌다", "netflix"},
		{"zh", "Netflix市值崩了", "netflix"},
	})
	wantComplaints(t, []line{
		{"en", "why is Discord down so much", "discord"},
		{"en", "Amazon is down, can't check out", "amazon"},
		{"en", "can't log in to Amazon, so much for my order", "amazon"},
	})
}

func TestWhoeverCancelsASubscriptionSuffersNoFailure(t *testing.T) {
	t.Parallel()
	wantSilence(t, []line{
		{"tr", "Spotify iptal ettim", "spotify"},
		{"tr", "bu ay Disney Plus iptal edeceğim", "disney-plus"},
		{"en", "cancelled Spotify", "spotify"},
		{"en", "finally canceled my Spotify subscription", "spotify"},
		{"de", "Spotify gekündigt", "spotify"},
		{"es", "cancelé Spotify", "spotify"},
		{"fr", "j'ai résilié Spotify", "spotify"},
		{"it", "ho disdetto Spotify", "spotify"},
		{"pt", "cancelei a Spotify", "spotify"},
		{"nl", "Spotify opgezegd", "spotify"},
		{"pl", "anulowałem Spotify", "spotify"},
		{"ru", "отменил подписку Spotify", "spotify"},
		{"uk", "скасував підписку Spotify", "spotify"},
		{"cs", "zrušil jsem Spotify", "spotify"},
		{"ar", "لغيت اشتراك سبوتيفاي", "spotify"},
		{"fa", "اسپاتیفای رو کنسل کردم", "spotify"},
		{"he", "ביטלתי את Spotify", "spotify"},
		{"hi", "Spotify cancel kar diya", "spotify"},
		{"id", "batalin Spotify", "spotify"},
		{"vi", "hủy gói Spotify rồi", "spotify"},
		{"ja", "Spotify解約した", "spotify"},
		{"ko", "스포티파이 해지했다", "spotify"},
		{"zh", "取消了Spotify会员", "spotify"},
		{"th", "ยกเลิกสมาชิก Spotify แล้ว", "spotify"},
	})
	wantComplaints(t, []line{
		{"tr", "Spotify hesabımı iptal etti, giriş yapamıyorum", "spotify"},
		{"en", "can't cancel my Spotify subscription, page won't load", "spotify"},
	})
}

func TestWhatPlayersAddToAGameIsNotTheGame(t *testing.T) {
	t.Parallel()
	wantSilence(t, []line{
		{"en", "Roblox shaders keep crashing my game", "roblox"},
		{"en", "my minecraft plugins broke again", "minecraft"},
		{"en", "somebody built a lag machine, minecraft is dying", "minecraft"},
		{"en", "our minecraft smp is dead", "minecraft"},
		{"de", "Minecraft Shader stürzen ständig ab", "minecraft"},
		{"es", "Minecraft se cierra con los mods", "minecraft"},
		{"fr", "Minecraft plante avec les mods", "minecraft"},
		{"it", "Minecraft crasha con le mod", "minecraft"},
		{"pt", "Minecraft fecha com os mods", "minecraft"},
		{"nl", "Minecraft crasht door mods", "minecraft"},
		{"pl", "Minecraft wywala przez mody", "minecraft"},
		{"sv", "Minecraft kraschar med moddar", "minecraft"},
		{"tr", "Minecraft modlarla çöküyor", "minecraft"},
		{"ru", "майнкрафт вылетает с модами", "minecraft"},
		{"uk", "майнкрафт вилітає з модами", "minecraft"},
		{"id", "Minecraft crash gara gara mod", "minecraft"},
		{"ja", "マイクラのシェーダーで落ちる", "minecraft"},
		{"ko", "마인크래프트 쉐이더 깔면 튕김", "minecraft"},
		{"zh", "Minecraft装了模组就闪退", "minecraft"},
	})
	wantComplaints(t, []line{
		{"en", "minecraft crashes on launch", "minecraft"},
		{"en", "minecraft keeps crashing even without mods", "minecraft"},
		{"ja", "マイクラ落ちる", "minecraft"},
	})
}

func TestTracksFailOnNoScreen(t *testing.T) {
	t.Parallel()
	wantSilence(t, []line{
		{"de", "Baum auf den Gleisen, ÖBB steht", "oebb"},
		{"de", "ÖBB Strecke gesperrt", "oebb"},
		{"de", "kommt bei der ÖBB heute noch jemand nach Salzburg?", "oebb"},
		{"de", "Totalausfall bei der ÖBB im Westen", "oebb"},
		{"en", "Amtrak cancelled all trains, stuck in Albany", "amtrak"},
		{"en", "Amtrak is dead, tree on the tracks", "amtrak"},
		{"fr", "SNCF en panne, arbre sur les voies", "sncf"},
		{"it", "Trenitalia bloccata per la neve", "trenitalia"},
		{"es", "Renfe parada por la nieve en las vías", "renfe"},
		{"pl", "PKP stoi, drzewo na torach", "pkp"},
		{"cs", "České dráhy stojí, strom na trati", "ceske-drahy"},
		{"sv", "tågen står stilla, SJ har problem med spåren", "sj"},
	})
	wantComplaints(t, []line{
		{"de", "ÖBB App lädt nicht, und das bei Streik", "oebb"},
		{"de", "bei der ÖBB kann ich kein Ticket buchen, Seite down", "oebb"},
		{"en", "Amtrak website down", "amtrak"},
		{"fr", "SNCF Connect ne marche pas", "sncf"},
	})
}

func TestWhatIsAnnouncedHasNotFailed(t *testing.T) {
	t.Parallel()
	wantSilence(t, []line{
		{"en", "Revolut will be unavailable midnight to 5am", "revolut"},
		{"en", "move your money before the Revolut maintenance", "revolut"},
		{"en", "PSN offline 23:30 - 04:00", "playstation-network"},
		{"id", "info: livin mandiri ga bisa dipakai 23.00-03.00", "bank-mandiri"},
		{"id", "livin mandiri mau maintenance", "bank-mandiri"},
		{"id", "siap siap mandiri offline nanti malam", "bank-mandiri"},
		{"id", "buruan transfer sebelum mandiri maintenance", "bank-mandiri"},
		{"de", "Revolut wird heute Nacht nicht verfügbar sein", "revolut"},
		{"es", "Revolut estará fuera de servicio mañana", "revolut"},
		{"fr", "Revolut sera indisponible cette nuit", "revolut"},
		{"it", "Revolut sarà in manutenzione domani", "revolut"},
		{"pt", "Revolut ficará fora do ar amanhã", "revolut"},
		{"pl", "Revolut będzie niedostępny w nocy", "revolut"},
		{"cs", "Revolut bude mimo provoz", "revolut"},
		{"tr", "Revolut bu gece hizmet veremeyecek", "revolut"},
		{"ru", "Revolut будет недоступен ночью", "revolut"},
		{"vi", "Momo sẽ bảo trì tối nay", "momo"},
		{"zh", "Steam将于今晚进行维护", "steam"},
		{"ja", "Steamは深夜メンテ予定", "steam"},
	})
	wantComplaints(t, []line{
		{"en", "is Revolut in maintenance again? can't log in", "revolut"},
		{"en", "Revolut will be unavailable at night. It is still down", "revolut"},
		{"id", "livin mandiri maintenance lagi? ga bisa login", "bank-mandiri"},
	})
}

func TestMatchesAndJokesFailNowhere(t *testing.T) {
	t.Parallel()
	wantSilence(t, []line{
		{"en", "my youtube is down because my team is down 2 nil", "youtube"},
		{"en", "our keeper went down more often than discord", "discord"},
		{"es", "el portero se cayó más que discord", "discord"},
		{"en", "goal!!! twitter going mental", "x"},
		{"en", "can't watch tonight, someone text me the score on whatsapp", "whatsapp"},
		{"en", "defence not working, attack not working, youtube comments undefeated", "youtube"},
		{"en", "PSN sent me the same ad 10 times", "playstation-network"},
		{"en", "youtube ads over and over", "youtube"},
		{"en", "the Twitter bird is dead", "x"},
		{"en", "twitter is dead and I'm free", "x"},
		{"it", "il portiere cade più di discord", "discord"},
		{"pt", "o zagueiro caiu mais que o discord", "discord"},
		{"de", "unser Torwart ist öfter gefallen als Discord", "discord"},
	})
	wantComplaints(t, []line{
		{"en", "what happened to Spotify earlier? still nothing loads", "spotify"},
		{"de", "was war vorhin mit Spotify los? lädt immer noch nichts", "spotify"},
		{"en", "youtube shows only ads, the video won't load", "youtube"},
	})
}
