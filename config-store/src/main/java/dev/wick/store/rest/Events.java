package dev.wick.store.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.wick.store.admit.Vault;
import dev.wick.store.follow.Told;
import dev.wick.store.keep.ChangedKey;
import dev.wick.store.keep.DomainKey;
import dev.wick.store.revision.Revision;
import dev.wick.store.slice.HostName;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Prints what a reader is told. */
final class Events {

    /** So many changes of a revision are told by name; who wants more reads the revision. */
    private static final int MOST_CHANGES = 1_000;

    private final Sse sse;
    private final Vault vault;
    private final String gateway;
    private final String epoch;
    private final boolean reveal;

    Events(Sse sse, Vault vault, String gateway, String epoch, boolean reveal) {
        this.sse = sse;
        this.vault = vault;
        this.gateway = gateway;
        this.epoch = epoch;
        this.reveal = reveal;
    }

    OutboundSseEvent print(Told told) {
        return switch (told) {
            case Told.Beat() -> sse.newEventBuilder().comment("").build();
            case Told.Number(long revision) ->
                    event("revision", revision, out -> out.writeNumberField("revision", revision));
            case Told.Changed changed ->
                    event("revision", changed.revision(), out -> changed(out, changed));
            case Told.Reset(String now, long revision) ->
                    event(
                            "reset",
                            revision,
                            out -> {
                                out.writeStringField("epoch", now);
                                out.writeNumberField("revision", revision);
                            });
            case Told.Happened happened ->
                    event("revision", happened.record().revision(), out -> happened(out, happened));
        };
    }

    private OutboundSseEvent event(String name, long revision, JsonText.Content content) {
        return sse.newEventBuilder()
                .name(name)
                .id(new Revision(epoch, revision).etag().replace("\"", ""))
                .data(String.class, new String(JsonText.object(content), StandardCharsets.UTF_8))
                .build();
    }

    private void changed(JsonGenerator out, Told.Changed changed) throws IOException {
        out.writeNumberField("revision", changed.revision());
        JsonText.list(out, "hosts", changed.hosts(), Events::host);
        JsonText.list(out, "documents", changed.documents(), this::document);
        if (changed.listeners()) {
            out.writeBooleanField("listeners", true);
        }
    }

    private static void host(JsonGenerator out, HostName host) throws IOException {
        out.writeStartObject();
        out.writeStringField("listener", host.listener());
        out.writeStringField("chain", host.chain());
        out.writeStringField("host", host.host());
        out.writeEndObject();
    }

    private void document(JsonGenerator out, Told.Document document) throws IOException {
        out.writeStartObject();
        out.writeStringField("kind", document.key().kind());
        out.writeStringField("name", document.key().name());
        out.writeFieldName("document");
        byte[] kept = document.kept();
        if (kept == null) {
            out.writeNull();
        } else {
            JsonText.raw(out, vault.read(gateway, document.key(), kept, reveal));
        }
        out.writeEndObject();
    }

    private static void happened(JsonGenerator out, Told.Happened happened) throws IOException {
        RevisionResource.fields(out, happened.record());
        List<ChangedKey> changes = happened.record().changes();
        List<DomainKey> domains = happened.record().domains();
        out.writeNumberField("changeCount", changes.size());
        JsonText.list(
                out,
                "changes",
                changes.stream().limit(MOST_CHANGES).toList(),
                RevisionResource::changed);
        out.writeNumberField("domainCount", domains.size());
        JsonText.list(
                out, "domains", domains.stream().limit(MOST_CHANGES).toList(), Events::domain);
    }

    private static void domain(JsonGenerator out, DomainKey domain) throws IOException {
        out.writeStartObject();
        out.writeStringField("listener", domain.listener());
        out.writeStringField("chain", domain.chain());
        out.writeStringField("domain", domain.domain());
        out.writeEndObject();
    }
}
