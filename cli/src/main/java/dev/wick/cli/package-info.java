/** The command line's door: a command's name and what it becomes. */
@NullMarked
package dev.wick.cli;

import org.jspecify.annotations.NullMarked;
