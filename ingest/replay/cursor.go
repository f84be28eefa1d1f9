package replay

import (
	"fmt"
)

// position is where to resume: the file's index among the paths, and the place in its uncompressed text.
type position struct {
	file   int
	line   int
	offset int64
	mode   mode
}

func (p position) String() string {
	return fmt.Sprintf("%d:%d:%d:%c", p.file, p.line, p.offset, p.mode)
}

// parsePosition reads a cursor. The empty one is the beginning.
func parsePosition(cursor string, files int) (position, error) {
	if cursor == "" {
		return position{line: 1, mode: atStart}, nil
	}
	var p position
	n, err := fmt.Sscanf(cursor, "%d:%d:%d:%c", &p.file, &p.line, &p.offset, &p.mode)
	if err != nil || n != 4 || p.String() != cursor || p.line < 1 || p.offset < 0 {
		return p, fmt.Errorf("cursor %q is not one of a replay; `outcry sources forget` has it begin anew", cursor)
	}
	if p.file < 0 || p.file >= files {
		return p, fmt.Errorf("cursor %q is for file number %d, but there are %d; `outcry sources forget` has it begin anew", cursor, p.file+1, files)
	}
	switch p.mode {
	case inLines, atStart, inArray, inDocument:
		return p, nil
	}
	return p, fmt.Errorf("cursor %q is not one of a replay; `outcry sources forget` has it begin anew", cursor)
}
