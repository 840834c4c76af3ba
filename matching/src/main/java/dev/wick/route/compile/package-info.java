/**
 * From the model to the route table, or to the problems that stand in the way; the only package
 * here that sees both. Imports {@code model}, {@code format}, {@code http}, {@code route} and
 * RE2/J.
 */
@NullMarked
package dev.wick.route.compile;

import org.jspecify.annotations.NullMarked;
