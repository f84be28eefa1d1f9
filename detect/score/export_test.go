package score

// Forecast is a forecast for tests.
type Forecast struct{ Mean, Dispersion, Doubt float64 }

// Surprise is -log10 of the probability of n voices or more.
func (f Forecast) Surprise(n float64) float64 {
	return forecast{mean: f.Mean, dispersion: f.Dispersion, doubt: f.Doubt}.surprise(n, 0)
}

// Layers are the same variance as a count and a level that multiply.
func (f Forecast) Layers() Forecast {
	l := forecast{mean: f.Mean, dispersion: f.Dispersion, doubt: f.Doubt}.layered()
	return Forecast{Mean: l.mean, Dispersion: l.dispersion, Doubt: l.doubt}
}
