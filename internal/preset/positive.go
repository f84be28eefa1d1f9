package preset

// Positive sets *v to what it is otherwise, unless it is above 0.
func Positive[T ~int | ~int64](v *T, otherwise T) {
	if *v <= 0 {
		*v = otherwise
	}
}
