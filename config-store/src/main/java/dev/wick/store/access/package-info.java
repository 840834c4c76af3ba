/** Who may do what: tokens, roles, and the key under which secrets are kept. Imports keep. */
@NullMarked
package dev.wick.store.access;

import org.jspecify.annotations.NullMarked;
