package x

import (
	"fmt"

	"github.com/outcry/outcry/internal/rawjson"
)

// maxLine is the longest message that is read at all, in bytes; the rest of a longer one is skipped.
const maxLine = 1 << 20

// disconnected reports whether a message is X's word of farewell, and which.
func disconnected(line []byte) (reason string, ok bool) {
	errs, ok := rawjson.Find(line, "errors")
	if _, isPost := rawjson.Find(line, "data"); !ok || isPost {
		return "", false
	}
	for e := range rawjson.Elements(errs) {
		title, _ := rawjson.Find(e, "title")
		detail, _ := rawjson.Find(e, "detail")
		return fmt.Sprintf("%.100s: %.200s", title.Bytes(), detail.Bytes()), true
	}
	return "", false
}
