/**
 * Clients that send what is nearly HTTP: what is attacked with, and an independent opinion of what
 * of it may reach a host.
 */
@NullMarked
package dev.wick.e2e.robust;

import org.jspecify.annotations.NullMarked;
