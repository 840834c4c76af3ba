/**
 * Starts the store: settings, wiring, the ready line, the end. Imports everything; imported by
 * nobody.
 */
@NullMarked
package dev.wick.store.boot;

import org.jspecify.annotations.NullMarked;
