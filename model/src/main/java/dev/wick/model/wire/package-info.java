/**
 * Documents in and out: the only reader and writer of our format, JSON and YAML, and the JSON
 * Schema of both, all from one definition. Imports model, check, jackson-core; SnakeYAML's parser
 * in the YAML reader alone, which reading JSON does not load.
 */
@NullMarked
package dev.wick.model.wire;

import org.jspecify.annotations.NullMarked;
