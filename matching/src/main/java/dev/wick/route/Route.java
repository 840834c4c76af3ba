package dev.wick.route;

import dev.wick.format.Facts;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import org.jspecify.annotations.Nullable;

/** One compiled route: which requests it takes, and what it does with them. */
public final class Route {

    private final int index;
    private final @Nullable String name;
    private final PathCondition path;
    private final Condition[] conditions;
    private final @Nullable RuntimeShare share;
    private final Decision decision;
    private final HeaderChanges[] requestChanges;
    private final HeaderChanges[] responseChanges;

    /**
     * @param index its place in its virtual host, from 0
     * @param share of the requests for which all else holds; null: all
     * @param requestChanges in the order in which they are made: the route's own, then those of
     *     what surrounds it
     * @param responseChanges likewise
     */
    public Route(
            int index,
            @Nullable String name,
            PathCondition path,
            Condition[] conditions,
            @Nullable RuntimeShare share,
            Decision decision,
            HeaderChanges[] requestChanges,
            HeaderChanges[] responseChanges) {
        this.index = index;
        this.name = name;
        this.path = path;
        this.conditions = conditions.clone();
        this.share = share;
        this.decision = decision;
        this.requestChanges = requestChanges.clone();
        this.responseChanges = responseChanges.clone();
    }

    /** Its place in its virtual host, from 0. */
    public int index() {
        return index;
    }

    /** For logs and explanations; null where it has none. */
    public @Nullable String name() {
        return name;
    }

    public Decision decision() {
        return decision;
    }

    /** Whether it, or what surrounds it, changes requests. */
    public boolean changesRequests() {
        return requestChanges.length > 0;
    }

    /**
     * Changes a request on its way to a cluster: route first, virtual host last. Comes before the
     * path is rewritten.
     *
     * @param facts what formats are filled in with
     */
    public void changeRequest(Headers headers, Facts facts) {
        for (HeaderChanges changes : requestChanges) {
            changes.apply(headers, facts);
        }
    }

    /**
     * Changes a response, a redirect or a direct response included: route first, virtual host last.
     *
     * @param facts what formats are filled in with
     */
    public void changeResponse(Headers headers, Facts facts) {
        for (HeaderChanges changes : responseChanges) {
            changes.apply(headers, facts);
        }
    }

    /**
     * The same, virtual host first and route last, so that the most specific has the last word.
     *
     * @param facts what formats are filled in with
     */
    public void changeRequestOutermostFirst(Headers headers, Facts facts) {
        for (int i = requestChanges.length - 1; i >= 0; i--) {
            requestChanges[i].apply(headers, facts);
        }
    }

    /**
     * The same, virtual host first and route last, so that the most specific has the last word.
     *
     * @param facts what formats are filled in with
     */
    public void changeResponseOutermostFirst(Headers headers, Facts facts) {
        for (int i = responseChanges.length - 1; i >= 0; i--) {
            responseChanges[i].apply(headers, facts);
        }
    }

    boolean takesAShare() {
        return share != null;
    }

    PathCondition path() {
        return path;
    }

    /**
     * Whether all conditions but that on the path hold.
     *
     * @param random the request's own number, for shares
     */
    boolean conditionsHold(RequestHead head, long random) {
        if (share != null && !share.now().holds(random)) {
            return false;
        }
        for (Condition condition : conditions) {
            if (!condition.holds(head)) {
                return false;
            }
        }
        return true;
    }

    /** What this route has to say to a request. */
    Step step(RequestHead head) {
        String target = head.path();
        int end = PathCondition.end(target);
        if (!path.holds(target, end)) {
            return failed("path", target.substring(0, end), path.expected());
        }
        for (Condition condition : conditions) {
            if (!condition.holds(head)) {
                return failed(condition.subject(), condition.value(head), condition.expected());
            }
        }
        Share now = share == null ? null : share.now();
        if (share != null && now != null && now.numerator() < now.denominator()) {
            return failed(share.subject(), now.toString(), "this request among them");
        }
        return new Step(index, name, null);
    }

    private Step failed(String subject, @Nullable String value, String expected) {
        return new Step(index, name, new Step.Failure(subject, value, expected));
    }
}
