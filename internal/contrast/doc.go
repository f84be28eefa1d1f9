// Package contrast measures for tests whether people can tell colours apart, after WCAG 2.2. ratio.go has Ratio, sheet.go reads the colours
// of a style sheet.
package contrast
