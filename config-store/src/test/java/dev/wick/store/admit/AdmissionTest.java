package dev.wick.store.admit;

import static dev.wick.store.TestStore.GATEWAY;
import static dev.wick.store.TestStore.bundle;
import static dev.wick.store.TestStore.cluster;
import static dev.wick.store.TestStore.host;
import static dev.wick.store.TestStore.listener;
import static dev.wick.store.TestStore.wish;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.model.Kind;
import dev.wick.model.Problem;
import dev.wick.model.wire.Documents;
import dev.wick.store.TestStore;
import dev.wick.store.keep.Pin;
import dev.wick.store.keep.Stored;
import dev.wick.store.revision.Key;
import dev.wick.store.revision.Revision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmissionTest {

    private static final Key SECRET = new Key("Secret", "s");

    @TempDir Path folder;
    private TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Answer apply(String yaml) {
        return store.admission.apply(wish(), bundle(yaml));
    }

    private String document(String kind, String name) {
        try (Pin pin = store.keep.pin(GATEWAY)) {
            Stored stored = pin.document(new Key(kind, name));
            return stored == null ? null : new String(stored.document(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> changes(Answer answer) {
        return ((Answer.Applied) answer)
                .changes().stream().map(change -> change.change() + " " + change.key()).toList();
    }

    @Test
    void aBundleIsOneRevision() {
        Answer answer = apply(host("h", "a.com", "c") + cluster("c", 1) + listener("http", 80));

        assertEquals(1, ((Answer.Applied) answer).revision());
        assertEquals(
                List.of("created Cluster/c", "created Listener/http", "created VirtualHost/h"),
                changes(answer));
        assertEquals(1, store.keep.head(GATEWAY));
    }

    @Test
    void allProblemsOfABundleAreToldAtOnceAndNothingIsChanged() {
        Answer answer =
                apply(
                        host("h", "a.com", "nowhere")
                                + host("i", "a.com", "c")
                                + cluster("c", 70_000));

        List<String> fields =
                assertInstanceOf(Answer.Refused.class, answer).problems().stream()
                        .map(Problem::field)
                        .sorted()
                        .toList();
        assertEquals(List.of("domains[0]", "endpoints[0].port", "routes[0].route.cluster"), fields);
        assertEquals(0, store.keep.head(GATEWAY));
    }

    @Test
    void whatChangesNothingIsNoRevision() {
        apply(cluster("c", 1));

        Answer answer = apply(cluster("c", 1));

        assertEquals(List.of(), changes(answer));
        assertEquals(1, ((Answer.Applied) answer).revision());
    }

    @Test
    void aDocumentIsToldAsOfTheRevisionThatWasPlannedOnOrThatTheRequestBecame() {
        apply(cluster("c", 1));
        apply(cluster("d", 1));
        Answer.Applied unchanged = (Answer.Applied) apply(cluster("c", 1));
        Wish once = wish(new Precondition.None(), "once");
        Answer.Applied changed =
                (Answer.Applied) store.admission.apply(once, bundle(cluster("c", 2)));
        apply(cluster("c", 3));
        Answer.Applied again =
                (Answer.Applied) store.admission.apply(once, bundle(cluster("c", 2)));

        assertEquals(2, unchanged.revision());
        assertEquals(1, unchanged.document());
        assertEquals(3, changed.document());
        assertEquals(3, again.document());
    }

    @Test
    void aDryRunTellsWhatWouldBeAndChangesNothing() {
        apply(cluster("c", 1));
        Wish dry = new Wish(GATEWAY, new Precondition.None(), "test", "", null, true, true);

        Answer answer = store.admission.apply(dry, bundle(cluster("c", 2) + cluster("d", 1)));

        assertEquals(List.of("changed Cluster/c", "created Cluster/d"), changes(answer));
        Planned changed = ((Answer.Applied) answer).changes().getFirst();
        assertEquals(
                "[FieldChange[path=endpoints[0].port, before=1, after=2]]",
                changed.fields().toString());
        assertEquals(1, store.keep.head(GATEWAY));
    }

    @Test
    void pruneMakesTheBundleTheWholeConfiguration() {
        apply(host("h", "a.com", "c") + cluster("c", 1) + cluster("d", 1));

        Answer answer =
                store.admission.apply(
                        wish(), Bundle.of(Documents.parse("test", cluster("d", 1)), true));

        assertEquals(List.of("deleted Cluster/c", "deleted VirtualHost/h"), changes(answer));
        assertNotNull(document("Cluster", "d"));
    }

    @Test
    void pruneWithNothingIsRefused() {
        apply(cluster("c", 1));

        Answer answer = store.admission.apply(wish(), Bundle.of(Documents.parse("test", ""), true));

        assertInstanceOf(Answer.Refused.class, answer);
    }

    @Test
    void aDocumentThatOthersReferToIsNotDeletedButWithThem() {
        apply(host("h", "a.com", "c") + cluster("c", 1));

        Answer alone = store.admission.delete(wish(), Bundle.delete(Kind.CLUSTER, "c"));
        Answer host = store.admission.delete(wish(), Bundle.delete(Kind.VIRTUAL_HOST, "h"));
        Answer then = store.admission.delete(wish(), Bundle.delete(Kind.CLUSTER, "c"));

        assertInstanceOf(Answer.Refused.class, alone);
        assertEquals(List.of("deleted VirtualHost/h"), changes(host));
        assertEquals(List.of("deleted Cluster/c"), changes(then));
        assertInstanceOf(
                Answer.Missing.class,
                store.admission.delete(wish(), Bundle.delete(Kind.CLUSTER, "c")));
    }

    @Test
    void aDomainIsClaimedOnceAlsoAcrossRevisions() {
        apply(host("h", "A.com.", "c") + cluster("c", 1));

        Answer answer = apply(host("i", "a.COM", "c"));

        assertInstanceOf(Answer.Refused.class, answer);
    }

    @Test
    void ofWritersWithTheSameRevisionOfTheGatewayExactlyOneWins() throws Exception {
        for (int round = 0; round < 20; round++) {
            Revision head = new Revision(store.keep.epoch(), store.keep.head(GATEWAY));
            Precondition at = new Precondition.GatewayAt(List.of(head));
            List<Answer> answers =
                    together(
                            4,
                            writer ->
                                    store.admission.apply(
                                            wish(at, null),
                                            bundle(
                                                    cluster(
                                                            "c",
                                                            1
                                                                    + writer
                                                                    + 10 * (int) head.number()))));

            assertEquals(1, answers.stream().filter(a -> a instanceof Answer.Applied).count());
            assertEquals(3, answers.stream().filter(a -> a instanceof Answer.Outdated).count());
            assertEquals(head.number() + 1, store.keep.head(GATEWAY));
        }
    }

    @Test
    void aRevisionOfADocumentOutlivesChangesToOthers() {
        apply(cluster("c", 1));
        Key key = new Key("Cluster", "c");
        Revision first = new Revision(store.keep.epoch(), 1);
        Precondition at = new Precondition.DocumentAt(key, List.of(first));
        apply(cluster("other", 1));

        Answer won = store.admission.apply(wish(at, null), bundle(cluster("c", 2)));
        Answer lost = store.admission.apply(wish(at, null), bundle(cluster("c", 3)));

        assertEquals(3, ((Answer.Applied) won).revision());
        assertInstanceOf(Answer.Outdated.class, lost);
    }

    @Test
    void writersOfDifferentDocumentsAllWin() throws Exception {
        List<Answer> answers =
                together(
                        8,
                        writer -> store.admission.apply(wish(), bundle(cluster("c" + writer, 1))));

        Set<Long> revisions = new HashSet<>();
        answers.forEach(answer -> revisions.add(((Answer.Applied) answer).revision()));
        assertEquals(8, revisions.size());
    }

    @Test
    void theSameRequestIsFulfilledOnceHoweverOftenItIsSent() throws Exception {
        List<Answer> answers =
                together(
                        6,
                        writer ->
                                store.admission.apply(
                                        wish(new Precondition.None(), "request-1"),
                                        bundle(cluster("c", 1 + writer))));

        Set<Long> revisions = new HashSet<>();
        answers.forEach(answer -> revisions.add(((Answer.Applied) answer).revision()));
        assertEquals(Set.of(1L), revisions);
        assertEquals(1, store.keep.head(GATEWAY));
        assertEquals(1, store.admission.outcome(GATEWAY, "request-1"));
        assertNull(store.admission.outcome(GATEWAY, "request-2"));
    }

    @Test
    void aRepeatedRequestIsNotTooLateForItsOwnRevision() {
        Precondition at = new Precondition.GatewayAt(List.of(new Revision(store.keep.epoch(), 0)));
        Wish wish = wish(at, "request-1");

        Answer first = store.admission.apply(wish, bundle(cluster("c", 1)));
        Answer again = store.admission.apply(wish, bundle(cluster("c", 1)));

        assertEquals(changes(first), changes(again));
        assertEquals(1, ((Answer.Applied) again).revision());
    }

    @Test
    void restoreMakesEveryDocumentWhatItWas() {
        apply(host("h", "a.com", "c") + cluster("c", 1));
        apply(cluster("c", 2));
        apply(host("h", "b.com", "d") + cluster("d", 1));
        store.admission.delete(wish(), Bundle.delete(Kind.CLUSTER, "c"));

        Answer answer = store.admission.restore(wish(), 1);

        assertEquals(
                List.of("created Cluster/c", "deleted Cluster/d", "changed VirtualHost/h"),
                changes(answer));
        assertTrue(document("Cluster", "c").contains("\"port\":1"));
        assertTrue(document("VirtualHost", "h").contains("a.com"));
        assertInstanceOf(Answer.Missing.class, store.admission.restore(wish(), 99));
    }

    @Test
    void aSecretIsKeptSealedAndShownNowhere() {
        Answer answer = apply("{kind: Secret, name: s, value: hush-hush}");

        byte[] kept;
        try (Pin pin = store.keep.pin(GATEWAY)) {
            kept = pin.document(SECRET).document();
        }
        assertFalse(new String(kept, StandardCharsets.ISO_8859_1).contains("hush"));
        assertFalse(((Answer.Applied) answer).changes().toString().contains("hush"));
        assertTrue(text(store.vault.shown(GATEWAY, SECRET, kept)).contains("(redacted)"));
        assertTrue(text(store.vault.read(GATEWAY, SECRET, kept, true)).contains("hush-hush"));
    }

    @Test
    void thePlanOfASecretSaysThatItChangesAndNotHow() {
        apply("{kind: Secret, name: s, value: one}");

        Answer same = apply("{kind: Secret, name: s, value: one}");
        Answer redacted = apply("{kind: Secret, name: s, value: (redacted)}");
        Answer other = apply("{kind: Secret, name: s, value: two}");

        assertEquals(List.of(), changes(same));
        assertEquals(List.of(), changes(redacted));
        assertEquals(
                "[FieldChange[path=value, before=(redacted), after=(changed)]]",
                ((Answer.Applied) other).changes().getFirst().fields().toString());
        assertInstanceOf(
                Answer.Refused.class, apply("{kind: Secret, name: new, value: (redacted)}"));
    }

    @Test
    void aSecretCanBeRestored() {
        apply("{kind: Secret, name: s, value: one}");
        apply("{kind: Secret, name: s, value: two}");

        store.admission.restore(wish(), 1);

        try (Pin pin = store.keep.pin(GATEWAY)) {
            byte[] kept = pin.document(SECRET).document();
            assertTrue(text(store.vault.read(GATEWAY, SECRET, kept, true)).contains("one"));
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private interface Writer {
        Answer write(int writer);
    }

    private static List<Answer> together(int writers, Writer writer) throws Exception {
        List<Callable<Answer>> tasks = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            int number = i;
            tasks.add(() -> writer.write(number));
        }
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> future : executor.invokeAll(tasks)) {
                answers.add(future.get());
            }
        }
        return answers;
    }

    @Test
    void aDocumentThatInstancesDoNotTakeIsRefused() {
        StringBuilder endpoints = new StringBuilder("kind: Endpoints\nname: many\nendpoints:\n");
        for (int i = 0; i < 250_000; i++) {
            int last = i % 250;
            int third = i / 250 % 250;
            endpoints
                    .append("- {address: 10.")
                    .append(i / 62_500 + "." + third + "." + last)
                    .append(", port: 1}\n");
        }
        assertTooLarge(apply(endpoints.toString()), "Endpoints/many", "the document at most");
    }

    @Test
    void listenersThatInstancesDoNotTakeTogetherAreRefused() {
        assertInstanceOf(Answer.Applied.class, apply(largeListener("a", 8_001)));
        assertTooLarge(
                apply(largeListener("b", 8_002)), "Listener/b", "all listeners together at most");
        assertInstanceOf(Answer.Applied.class, apply(largeListener("a", 8_003)));
    }

    private static String largeListener(String name, int port) {
        StringBuilder listener = new StringBuilder();
        listener.append("kind: Listener\nname: " + name + "\nport: " + port + "\nfilterChains:\n");
        String format = "x".repeat(16_000);
        for (int i = 1; i <= 300; i++) {
            listener.append("- {name: c" + i + ", match: {sourcePorts: [" + i + "]}, ")
                    .append("http: {accessLogFormat: {text: " + format + "}}}\n");
        }
        return listener.toString();
    }

    private static void assertTooLarge(Answer answer, String document, String expected) {
        List<Problem> problems = assertInstanceOf(Answer.Refused.class, answer).problems();
        assertEquals(1, problems.size());
        assertEquals(document, problems.getFirst().document());
        assertTrue(problems.getFirst().expected().startsWith(expected), problems::toString);
    }
}
