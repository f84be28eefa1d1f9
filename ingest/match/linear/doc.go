// Package linear is logistic regression over hashed features: whether a text is of some kind, by which words stand in it. It is pure and knows
// nothing of words; a feature is the hash of anything.
//
//	model.go   Model: what each feature weighs, in a byte
//	train.go   Train: the weights that fit examples best
package linear
