/** The command line: the JDK only. */
@NullMarked
package dev.wick.cli;

import org.jspecify.annotations.NullMarked;
