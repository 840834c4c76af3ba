@NullMarked
package dev.wick.store.boot;

import org.jspecify.annotations.NullMarked;
