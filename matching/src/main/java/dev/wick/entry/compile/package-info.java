/** From the model to what happens before routing. Imports {@code model} and {@code entry}. */
@NullMarked
package dev.wick.entry.compile;

import org.jspecify.annotations.NullMarked;
