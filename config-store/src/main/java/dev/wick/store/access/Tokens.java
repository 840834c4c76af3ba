package dev.wick.store.access;

import dev.wick.store.keep.Keep;
import dev.wick.store.keep.Pin;
import dev.wick.store.keep.Proposal;
import dev.wick.store.keep.Stored;
import dev.wick.store.keep.Unwritten;
import dev.wick.store.revision.Change;
import dev.wick.store.revision.Outcome;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of this store: documents of the reserved gateway, through the same log as all others,
 * looked up in a copy in memory. Any thread.
 */
public final class Tokens {

    /** Where the store keeps what is about itself; no user reads or writes it as configuration. */
    public static final String GATEWAY = "_store";

    static final String KIND = "Token";
    private static final int MOST = 10_000;
    private static final int PAGE = 1_000;
    private static final int TRIES = 20;

    private final Keep keep;
    private final Clock clock;
    private final int most;
    private final SecureRandom random = new SecureRandom();
    private volatile Map<String, TokenDocument> known = Map.of();

    /**
     * @param executor reads the tokens anew when another process changed them
     */
    public Tokens(Keep keep, Clock clock, Executor executor) {
        this(keep, clock, executor, MOST);
    }

    /**
     * @param most how many there may be at once
     */
    Tokens(Keep keep, Clock clock, Executor executor, int most) {
        this.keep = keep;
        this.clock = clock;
        this.most = most;
        keep.onHead(
                (gateway, head) -> {
                    if (gateway.equals(GATEWAY)) {
                        executor.execute(this::read);
                    }
                });
        read();
    }

    /** Reads them anew. */
    synchronized void read() {
        Map<String, TokenDocument> all = new HashMap<>();
        try (Pin pin = keep.pin(GATEWAY)) {
            for (TokenDocument document : documents(pin)) {
                all.put(document.token().id(), document);
            }
        }
        known = all;
    }

    private static List<TokenDocument> documents(Pin pin) {
        List<TokenDocument> all = new ArrayList<>();
        List<Stored> page = pin.page(KIND, null, PAGE);
        while (!page.isEmpty()) {
            for (Stored stored : page) {
                all.add(TokenDocument.read(stored.key().name(), stored.document()));
            }
            page = pin.page(KIND, page.getLast().key().name(), PAGE);
        }
        return all;
    }

    /** Whose text this is, or null. */
    public @Nullable Token bearer(String text) {
        TokenText shown = TokenText.parse(text);
        TokenDocument document = shown == null ? null : known.get(shown.id());
        if (shown == null || document == null) {
            return null;
        }
        return MessageDigest.isEqual(shown.hash(), document.hash()) ? document.token() : null;
    }

    /** Whether it was not revoked meanwhile. */
    public boolean isValid(Token token) {
        return known.containsKey(token.id());
    }

    /** All, the oldest first. */
    public List<Token> all() {
        return known.values().stream()
                .map(TokenDocument::token)
                .sorted(Comparator.comparing(Token::created).thenComparing(Token::id))
                .toList();
    }

    /**
     * A new token.
     *
     * @param text shown to its maker once, and kept nowhere
     */
    public record Issued(Token token, String text) {

        Change change() {
            TokenText shown = new TokenText(token.id(), text);
            return Change.put(KIND, token.id(), new TokenDocument(token, shown.hash()).write());
        }

        @Override
        public String toString() {
            return "Issued[" + token.id() + "]";
        }
    }

    /** What became of a change of the tokens. */
    public enum Done {
        YES,
        NO_SUCH_TOKEN,
        /** Nobody could let anybody in any more. */
        LAST_ADMIN,
        /** As many as there may be; nothing was changed. */
        TOO_MANY,
        /** The disk would not take it; nothing was changed. */
        UNWRITTEN,
        /** Not known in time; look at the list. */
        UNKNOWN
    }

    /** A token that is not valid until it was kept by {@link #add}. */
    public Issued issue(Role role, String comment) {
        TokenText text = TokenText.generate(random);
        String line = comment.replaceAll("\\p{Cntrl}+", " ").strip();
        Token token =
                new Token(text.id(), role, line, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        return new Issued(token, text.text());
    }

    public Done add(Issued issued, String author) {
        return commit(
                author,
                "token " + issued.token().id() + " added",
                pin -> documents(pin).size() < most ? Done.YES : Done.TOO_MANY,
                issued.change());
    }

    public Done revoke(String id, String author) {
        return commit(
                author,
                "token " + id + " revoked",
                pin -> revocable(pin, id),
                Change.delete(KIND, id));
    }

    private static Done revocable(Pin pin, String id) {
        boolean found = false;
        boolean otherAdmin = false;
        boolean admin = false;
        for (TokenDocument document : documents(pin)) {
            Token token = document.token();
            boolean same = token.id().equals(id);
            found |= same;
            admin |= same && token.role() == Role.ADMIN;
            otherAdmin |= !same && token.role() == Role.ADMIN;
        }
        if (!found) {
            return Done.NO_SUCH_TOKEN;
        }
        return admin && !otherAdmin ? Done.LAST_ADMIN : Done.YES;
    }

    private interface Precondition {
        Done holds(Pin pin);
    }

    private Done commit(String author, String comment, Precondition precondition, Change change) {
        String requestId = UUID.randomUUID().toString();
        for (int tries = 0; tries < TRIES; tries++) {
            long base;
            try (Pin pin = keep.pin(GATEWAY)) {
                Done holds = precondition.holds(pin);
                if (holds != Done.YES) {
                    return holds;
                }
                base = pin.revision();
            }
            Proposal proposal = new Proposal(base, requestId, author, comment, List.of(change));
            Outcome outcome;
            try {
                outcome = keep.commit(GATEWAY, proposal).toCompletableFuture().join();
            } catch (CompletionException e) {
                if (Unwritten.in(e) != null) {
                    return Done.UNWRITTEN;
                }
                throw e;
            }
            if (outcome instanceof Outcome.Committed) {
                read();
                return Done.YES;
            }
            if (outcome instanceof Outcome.Unknown) {
                return Done.UNKNOWN;
            }
        }
        return Done.UNKNOWN;
    }
}
