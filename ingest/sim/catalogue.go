package sim

// Scenarios lists every scenario: first the five evenings, then further outages, then the times when nothing may fire.
func Scenarios() []Scenario {
	var all []Scenario
	for _, part := range [][]Scenario{evenings(), found(), further(), silent()} {
		all = append(all, part...)
	}
	return all
}
