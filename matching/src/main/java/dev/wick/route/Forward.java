package dev.wick.route;

import dev.wick.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** Sends the request to a cluster. */
public final class Forward implements Decision {

    private final Targets targets;
    private final PathRewrite rewrite;
    private final @Nullable AuthorityRewrite authority;
    private final Timeouts timeouts;
    private final @Nullable TargetChanges @Nullable [] changes;
    private final Mirror @Nullable [] mirrors;
    private final @Nullable InternalRedirects redirects;
    private final Retries retries;
    private final UpgradeRules upgrades;
    private final @Nullable HostChoice hostChoice;
    private final boolean high;

    /**
     * @param authority null: none
     * @param changes for each of the targets, null for none; null where none has any
     * @param mirrors where copies go; null for nowhere
     * @param redirects which redirects are followed; null: none
     * @param upgrades what it says of upgrades
     * @param hostChoice what it says of the host; null: nothing
     * @param high whether its requests have the priority HIGH
     */
    public Forward(
            Targets targets,
            PathRewrite rewrite,
            @Nullable AuthorityRewrite authority,
            Timeouts timeouts,
            @Nullable TargetChanges @Nullable [] changes,
            Mirror @Nullable [] mirrors,
            @Nullable InternalRedirects redirects,
            Retries retries,
            UpgradeRules upgrades,
            @Nullable HostChoice hostChoice,
            boolean high) {
        this.targets = targets;
        this.rewrite = rewrite;
        this.authority = authority;
        this.timeouts = timeouts;
        this.changes = changes == null ? null : changes.clone();
        this.redirects = redirects;
        this.mirrors = mirrors == null ? null : mirrors.clone();
        this.retries = retries;
        this.upgrades = upgrades;
        this.hostChoice = hostChoice;
        this.high = high;
    }

    /** Where it may go. */
    public Targets targets() {
        return targets;
    }

    /** What is changed in what goes to the target at a place; null: nothing. */
    public @Nullable TargetChanges changes(int place) {
        return changes == null ? null : changes[place];
    }

    /** What it says of upgrades. */
    public UpgradeRules upgrades() {
        return upgrades;
    }

    /** What it says of the host; null: nothing. */
    public @Nullable HostChoice hostChoice() {
        return hostChoice;
    }

    /** Whether its requests have the priority HIGH, else DEFAULT. */
    public boolean high() {
        return high;
    }

    /** Where copies go, not to be changed; null for nowhere. */
    public Mirror @Nullable [] mirrors() {
        return mirrors;
    }

    /** Which redirects of a host are followed here; null: none. */
    public @Nullable InternalRedirects redirects() {
        return redirects;
    }

    /** How long it may take. */
    public Timeouts timeouts() {
        return timeouts;
    }

    /** How it is sent again. */
    public Retries retries() {
        return retries;
    }

    /**
     * Path, query and authority as the cluster sees them; what was there goes to headers, as in
     * Envoy.
     */
    public void rewrite(RequestHead head) {
        if (authority != null && !authority.isAuto()) {
            authority.apply(head);
        }
        if (!rewrite.isNone()) {
            String path = head.path();
            head.headers().set("x-envoy-original-path", path);
            head.path(rooted(rewrite.apply(path), path));
        }
    }

    /**
     * An expression may leave a path without its first slash, or nothing at all. A host would read
     * it as another form of target, in which the client might name a host.
     */
    private static String rooted(String path, String before) {
        return path.startsWith("/") || !before.startsWith("/") ? path : "/" + path;
    }

    /** What the name of the host that is chosen does to the authority; null: nothing. */
    public @Nullable AuthorityRewrite autoAuthority() {
        return authority != null && authority.isAuto() ? authority : null;
    }

    @Override
    public void take(Actions actions) {
        actions.forward(this);
    }

    @Override
    public String describe() {
        return targets.describe();
    }
}
