package main

import (
	"cmp"
	"encoding"
	"fmt"
	"reflect"

	"go.yaml.in/yaml/v3"
)

// misfits lists what in a YAML tree a type has no place for, each with its line: keys that it has no field for, with the nearest known
// one, and values of another kind. A value that may be a secret is not quoted.
func misfits(node *yaml.Node, t reflect.Type, path string) []error {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	if node.Kind == 0 || node.Tag == "!!null" || readsItself(t) {
		return nil
	}
	if wrong := misfit(node, t); wrong != "" {
		return []error{fmt.Errorf("line %d: %s%s", node.Line, cmp.Or(path, "the configuration"), wrong)}
	}
	var errs []error
	switch node.Kind {
	case yaml.SequenceNode:
		for _, item := range node.Content {
			errs = append(errs, misfits(item, t.Elem(), path)...)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			errs = append(errs, misfitsOf(node.Content[i], node.Content[i+1], t, path)...)
		}
	case yaml.DocumentNode, yaml.ScalarNode, yaml.AliasNode: // nothing is below them
	}
	return errs
}

// misfitsOf is misfits for a key of a mapping and its value.
func misfitsOf(key, value *yaml.Node, t reflect.Type, path string) []error {
	if path != "" {
		path += "."
	}
	if t.Kind() == reflect.Map {
		return misfits(value, t.Elem(), path+key.Value)
	}
	fields := fieldsOf(t)
	f, ok := fields[key.Value]
	if !ok {
		return []error{fmt.Errorf("line %d: unknown key %q%s", key.Line, path+key.Value, didYouMean(key.Value, keysOf(fields)))}
	}
	return misfits(value, f.Type, path+key.Value)
}

// readsItself reports whether a type decodes a tree by itself, and is as strict.
func readsItself(t reflect.Type) bool {
	return reflect.PointerTo(t).Implements(reflect.TypeFor[yaml.Unmarshaler]())
}

// misfit says why a node cannot be a value of a type; "": it can, as far as the node itself goes.
func misfit(node *yaml.Node, t reflect.Type) string {
	fresh := reflect.New(t).Interface()
	if text, ok := fresh.(encoding.TextUnmarshaler); ok {
		if node.Kind != yaml.ScalarNode {
			return " must be one value"
		}
		if err := text.UnmarshalText([]byte(node.Value)); err != nil {
			return ": " + err.Error()
		}
		return ""
	}
	switch t.Kind() {
	case reflect.Struct, reflect.Map:
		return unless(node.Kind == yaml.MappingNode, " must be keys with values, such as {a: b}")
	case reflect.Slice:
		return unless(node.Kind == yaml.SequenceNode, " must be a list, such as [a, b]")
	case reflect.String:
		return unless(node.Kind == yaml.ScalarNode, " must be a text")
	case reflect.Bool:
		return unless(node.Kind == yaml.ScalarNode && node.Decode(fresh) == nil, " must be true or false")
	case reflect.Float64:
		return unless(node.Kind == yaml.ScalarNode && node.Decode(fresh) == nil, " must be a number")
	default:
		return unless(node.Kind == yaml.ScalarNode && node.Decode(fresh) == nil, " must be a whole number")
	}
}

// unless gives what is wrong unless all is right.
func unless(right bool, wrong string) string {
	if right {
		return ""
	}
	return wrong
}
