package dev.wick.store.rest;

import dev.wick.model.Kind;
import dev.wick.store.access.Role;
import dev.wick.store.access.Token;
import dev.wick.store.admit.Precondition;
import dev.wick.store.admit.Wish;
import dev.wick.store.revision.Key;
import dev.wick.store.revision.Revision;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What calls that change a gateway have in common. */
public final class Call {

    private static final int LONGEST_ID = 200;
    private static final int LONGEST_COMMENT = 1_000;

    @PathParam("gateway")
    String gateway = "";

    @QueryParam("dryRun")
    @Nullable String dryRun;

    @QueryParam("comment")
    @Nullable String comment;

    @HeaderParam("If-Match")
    @Nullable String ifMatch;

    @HeaderParam("If-None-Match")
    @Nullable String ifNoneMatch;

    @HeaderParam("Idempotency-Key")
    @Nullable String idempotencyKey;

    @Context
    @SuppressWarnings("NullAway.Init")
    RoutingContext context;

    /** A wish with a condition on the gateway. */
    Wish onGateway() {
        String match = ifMatch;
        if (ifNoneMatch != null) {
            throw Problems.parameter("If-None-Match", ifNoneMatch, "If-Match, or no condition");
        }
        return wish(
                match == null
                        ? new Precondition.None()
                        : new Precondition.GatewayAt(revisions("If-Match", match)));
    }

    /** A wish with a condition on one document. */
    Wish onDocument(Kind kind, String name) {
        Key key = Names.key(kind.spelling(), name);
        String match = ifMatch;
        if (match != null && ifNoneMatch != null) {
            throw Problems.parameter("If-None-Match", ifNoneMatch, "one condition, not two");
        }
        if (match != null) {
            return wish(
                    match.strip().equals("*")
                            ? new Precondition.Exists(key, true)
                            : new Precondition.DocumentAt(key, revisions("If-Match", match)));
        }
        if (ifNoneMatch == null) {
            return wish(new Precondition.None());
        }
        if (!ifNoneMatch.strip().equals("*")) {
            throw Problems.parameter("If-None-Match", ifNoneMatch, "* on a change");
        }
        return wish(new Precondition.Exists(key, false));
    }

    private Wish wish(Precondition precondition) {
        Token token = Guard.of(context);
        String author = token == null ? "" : token.author();
        String words = comment == null ? "" : comment;
        if (words.length() > LONGEST_COMMENT) {
            throw Problems.parameter(
                    "comment", words, "at most " + LONGEST_COMMENT + " characters");
        }
        boolean trusted = token != null && token.role() == Role.ADMIN;
        return new Wish(gateway, precondition, author, words, requestId(), dryRun(), trusted);
    }

    private boolean dryRun() {
        return Parameters.flag("dryRun", dryRun);
    }

    private @Nullable String requestId() {
        String key = idempotencyKey;
        if (key != null && (key.isBlank() || key.length() > LONGEST_ID)) {
            throw Problems.parameter("Idempotency-Key", key, "1-" + LONGEST_ID + " characters");
        }
        return key;
    }

    /**
     * The revisions among a header's entity tags (RFC 9110, 13.1.1). A tag that is not of this
     * store names no revision, and so can't match; nor does a weak one, which is made of ours on
     * the way and vouches for no more than the meaning.
     */
    private static List<Revision> revisions(String name, String header) {
        List<String> tags = EntityTags.read(header);
        if (tags == null) {
            throw notTags(name, header);
        }
        List<Revision> revisions = new ArrayList<>();
        for (String tag : tags) {
            Revision revision = tag.startsWith("W/") ? null : Revision.parse(tag);
            if (revision != null) {
                revisions.add(revision);
            } else if (!tag.endsWith("\"")) {
                throw notTags(name, header);
            }
        }
        return revisions;
    }

    private static WebApplicationException notTags(String name, String header) {
        return Problems.parameter(name, header, "ETags of the form \"epoch.n\"");
    }
}
