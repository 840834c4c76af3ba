/**
 * Text with Envoy's substitution commands, as {@code %REQ(x-user?x-name):20%}: parsed once, filled
 * in for each request. The same for changes to headers, for the access log and for the bodies of
 * local replies. Imports nothing.
 */
@NullMarked
package dev.wick.format;

import org.jspecify.annotations.NullMarked;
