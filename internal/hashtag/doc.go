// Package hashtag has the tags by which networks are asked for complaints: hashtag.go has Bare and Of.
package hashtag
