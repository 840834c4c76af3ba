package dev.wick.store.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads bodies, within bounds. */
final class Bodies {

    /** A bundle may be as large as this. */
    static final int BUNDLE = 64 << 20;

    /** What instances say of themselves may be as large as this. */
    static final int HOLDINGS = 64 << 20;

    static final int SMALL = 1 << 20;

    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private Bodies() {}

    static byte[] read(InputStream body, @Nullable Long announced, int most) {
        if (announced != null && announced > most) {
            throw tooLarge(announced + " bytes", most);
        }
        try {
            byte[] bytes = body.readNBytes(most);
            if (bytes.length == most && body.read() >= 0) {
                throw tooLarge("more than " + most + " bytes", most);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RuntimeException tooLarge(String found, int most) {
        return new jakarta.ws.rs.WebApplicationException(
                Problems.of(
                                413,
                                "body: "
                                        + found
                                        + " (expected: at most "
                                        + (most >> 20)
                                        + " MiB); split the bundle into several")
                        .header("Connection", "close")
                        .build());
    }

    static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw Problems.refusal(422, "body: not UTF-8 (expected: UTF-8)");
        }
    }

    static <T> T json(byte[] body, Class<T> type) {
        try {
            T value = MAPPER.readValue(body, type);
            if (value == null) {
                throw Problems.refusal(422, "body: null (expected: an object)");
            }
            return value;
        } catch (JsonMappingException e) {
            throw Problems.refusal(422, "body: " + path(e) + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw Problems.refusal(422, "body: " + e.getOriginalMessage() + " (expected: JSON)");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String path(JsonMappingException e) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : e.getPath()) {
            if (reference.getFieldName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            } else {
                path.append('[').append(reference.getIndex()).append(']');
            }
        }
        return path.isEmpty() ? "" : path + ": ";
    }
}
