/** What a user wrote behind a command, and what was wrong with it. Imports nothing. */
@NullMarked
package dev.wick.cli.arguments;

import org.jspecify.annotations.NullMarked;
