package dev.wick.store.rest;

import dev.wick.store.access.Permission;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the caller of a method must have. Without it, nobody may call a method that does not stand
 * in a public path.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Needs {

    Permission value();

    /** Whether {@code ?dryRun=true} takes no more than to read. */
    boolean dryRunReads() default false;
}
