@NullMarked
package dev.wick.gateway.boot;

import org.jspecify.annotations.NullMarked;
