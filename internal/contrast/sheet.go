package contrast

import (
	"image/color"
	"regexp"
	"strconv"
	"strings"
)

// Sheet reads the custom properties of :root that are colours written as #rgb or #rrggbb: those of the style sheet itself, and those where it
// asks for prefers-color-scheme: dark, which stand in for the former.
func Sheet(sheet string) (light, dark map[string]color.RGBA) {
	root := regexp.MustCompile(`(@media[^{]*\{\s*)?:root\s*\{([^}]*)\}`)
	property := regexp.MustCompile(`--([a-z]+):\s*#([0-9a-f]+)\s*;`)
	light, dark = map[string]color.RGBA{}, map[string]color.RGBA{}
	for _, block := range root.FindAllStringSubmatch(sheet, -1) {
		for _, found := range property.FindAllStringSubmatch(block[2], -1) {
			switch name, value := found[1], hex(found[2]); {
			case block[1] == "":
				light[name] = value
			case strings.Contains(block[1], "dark"):
				dark[name] = value
			}
		}
	}
	return light, dark
}

func hex(digits string) color.RGBA {
	if len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	v, err := strconv.ParseUint(digits, 16, 24)
	if err != nil {
		return color.RGBA{}
	}
	return color.RGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
}
