/**
 * The same client at a real Envoy and at Wick: cases in text files, what runs them, and what is
 * compared.
 */
@NullMarked
package dev.wick.e2e.twin;

import org.jspecify.annotations.NullMarked;
