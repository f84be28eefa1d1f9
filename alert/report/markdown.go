package report

import (
	"slices"
	"strings"
	"time"
)

// Markdown is the report as Markdown. picture is where its picture lies, relative to it; empty: there is none, and a line of blocks
// stands for it.
func (r *Report) Markdown(picture string) []byte {
	h := &r.words.Headings
	var b strings.Builder
	b.WriteString("# " + escape(r.words.Headline) + "\n\n" + escape(r.words.Moment+" · "+r.words.Reference) + "\n\n")
	if picture != "" {
		b.WriteString("![" + escape(r.words.Drawing.Alt) + "](" + address(picture) + ")\n\n")
	} else {
		b.WriteString(r.blocks())
	}
	for _, line := range r.lines() {
		b.WriteString("- **" + escape(line.Label) + "**" + escape(r.words.Colon+line.Text) + "\n")
	}
	section(&b, h.Services, table([]string{h.Service, h.Part, h.People, r.words.Drawing.Usual}, r.serviceRows()))
	section(&b, h.Phrases, code(r.phrases()))
	var course, posts []string
	for _, s := range r.course() {
		line := "- " + escape(s.time) + " **" + escape(s.headline) + "**"
		if s.people != "" {
			line += "  \n  " + escape(s.people)
		}
		course = append(course, line)
	}
	for _, p := range r.posts() {
		line := escape(p.text)
		if p.url != "" {
			line = "[" + line + "](" + address(p.url) + ")"
		}
		posts = append(posts, "- "+line)
	}
	section(&b, h.Course, strings.Join(course, "\n"))
	section(&b, h.Posts, strings.Join(posts, "\n"))
	return []byte(b.String())
}

// section writes a part of the report, if there is anything in it.
func section(b *strings.Builder, title, body string) {
	if body != "" {
		b.WriteString("\n## " + escape(title) + "\n\n" + body + "\n")
	}
}

func (r *Report) serviceRows() [][]string {
	var rows [][]string
	for _, s := range r.services() {
		rows = append(rows, []string{s.name, s.role, s.people, s.usual})
	}
	return rows
}

// table writes rows below titles; the last two columns are numbers.
func table(titles []string, rows [][]string) string {
	var b strings.Builder
	line := func(cells []string) { b.WriteString("| " + strings.Join(cells, " | ") + " |\n") }
	line(titles)
	rule := slices.Repeat([]string{"---"}, len(titles)-2)
	line(append(rule, "---:", "---:"))
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = escape(cell)
		}
		line(cells)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// code writes people's own words so that nothing in them is markup, and nobody is called by name.
func code(phrases []string) string {
	quoted := make([]string, len(phrases))
	for i, phrase := range phrases {
		quoted[i] = "`" + strings.ReplaceAll(phrase, "`", "'") + "`"
	}
	return strings.Join(quoted, ", ")
}

// widest is how many blocks stand in a line.
const widest = 60

// blocks draws the minutes with the characters that text has for it.
func (r *Report) blocks() string {
	minutes := r.minutes()
	if len(minutes) == 0 {
		return ""
	}
	const steps = "▁▂▃▄▅▆▇█"
	per := (len(minutes) + widest - 1) / widest
	top, line := 0.0, ""
	for _, m := range minutes {
		top = max(top, m.Voices)
	}
	for some := range slices.Chunk(minutes, per) {
		loudest := slices.MaxFunc(some, func(a, b minute) int {
			if a.Voices < b.Voices {
				return -1
			}
			return 1
		}).Voices
		line += string([]rune(steps)[int(loudest/max(top, 1)*7+0.5)])
	}
	first, last := r.words.Time(minutes[0].At), r.words.Time(minutes[len(minutes)-1].At.Add(time.Minute))
	gap := max(1, len([]rune(line))-len(first)-len(last))
	return "    " + line + "\n    " + first + strings.Repeat(" ", gap) + last + "\n    " +
		r.words.Drawing.Voices + r.words.Colon + "0–" + r.words.Count(top) + "\n\n"
}

// escape makes text of what might be markup, a tag or a call of somebody's name.
func escape(text string) string {
	var b strings.Builder
	for _, c := range text {
		if strings.ContainsRune("\\`*_[]<>#|~!&@", c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// address makes an address fit for the parentheses of a link.
func address(url string) string {
	return strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E").Replace(url)
}
