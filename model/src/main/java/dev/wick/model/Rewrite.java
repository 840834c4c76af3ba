package dev.wick.model;

import org.jspecify.annotations.Nullable;

/**
 * What a route makes of a request's path (at most one of prefix, regex and template) and host.
 *
 * @param prefix replaces what the match's path matched (prefix, or the whole path where that is
 *     matched); null: none
 * @param regex replaces parts of the path; null: none
 * @param template replaces the path; for matches by template only; null: none
 * @param host null: none
 * @param appendXForwardedHost whether {@code x-forwarded-host} gets the host that is replaced
 */
public record Rewrite(
        @Nullable String prefix,
        @Nullable RegexRewrite regex,
        @Nullable String template,
        @Nullable HostRewrite host,
        boolean appendXForwardedHost) {

    public static final Rewrite NONE = new Rewrite(null, null, null, null, false);

    /** Of the prefix alone. */
    public Rewrite(@Nullable String prefix) {
        this(prefix, null, null, null, false);
    }
}
