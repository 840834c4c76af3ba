/** One class for each command that talks to a store. Imports arguments, store and the model. */
@NullMarked
package dev.wick.cli.command;

import org.jspecify.annotations.NullMarked;
