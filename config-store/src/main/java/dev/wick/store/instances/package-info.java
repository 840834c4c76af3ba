/** What instances report of themselves. Imports keep. */
@NullMarked
package dev.wick.store.instances;

import org.jspecify.annotations.NullMarked;
