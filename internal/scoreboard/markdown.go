package scoreboard

import "strings"

// Markdown renders the board as tables for the docs: the summary, the simpler detectors, then every scenario.
func (b Board) Markdown() string {
	var s strings.Builder
	s.WriteString("## Summary\n\n")
	line(&s, []string{"measure", "value"})
	rule(&s, 2)
	for _, pair := range b.Summary().pairs() {
		line(&s, pair[:])
	}
	if len(b.Rivals) > 0 {
		s.WriteString("\n## Beside simpler detectors\n\n")
		line(&s, rivalHead())
		rule(&s, len(rivalHead()))
		for _, cells := range b.rivalLines() {
			line(&s, cells)
		}
	}
	s.WriteString("\n## Scenarios\n\n")
	line(&s, rowHead())
	rule(&s, len(rowHead()))
	for i := range b.Rows {
		for _, cells := range b.Rows[i].lines() {
			line(&s, cells)
		}
	}
	for i, remark := range b.remarks() {
		if i == 0 {
			s.WriteString("\n## Roles that were not right\n\n")
		}
		s.WriteString("- " + remark + "\n")
	}
	return s.String()
}

func line(s *strings.Builder, cells []string) {
	s.WriteString("|")
	for _, c := range cells {
		s.WriteString(" " + strings.ReplaceAll(c, "|", `\|`) + " |")
	}
	s.WriteString("\n")
}

func rule(s *strings.Builder, columns int) {
	s.WriteString("|" + strings.Repeat("---|", columns) + "\n")
}
