package io.mnemosyne.trace.send;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.google.protobuf.UnsafeByteOperations;

import io.mnemosyne.core.Sha256;
import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.Span;

/**
 * Takes out of one span what is too large for it. Nothing is lost: what is left in the field says where the rest is, how
 * large it is and what its hash is. Deterministic, so that a span that is sent again has the same references.
 */
final class Slimmer {
    private final PlacedSpan whole;
    private final Cut cut;
    private final List<Upload> uploads = new ArrayList<>();
    private final List<PlacedSpan> parts = new ArrayList<>();
    private final Map<String, String> metadata = new TreeMap<>();

    private Slimmer(PlacedSpan whole, Cut cut) {
        this.whole = whole;
        this.cut = cut;
    }

    static Slimmed slim(PlacedSpan whole, Cut cut) {
        return new Slimmer(whole, cut).slim();
    }

    private Slimmed slim() {
        Span changed = Fields.change(whole.span(), this::slim);
        Span span = metadata.isEmpty() ? changed : Fields.withMetadata(changed, metadata);
        return new Slimmed(
                new PlacedSpan(whole.tenant(), whole.trace(), whole.parent(), whole.thread(), span),
                List.copyOf(uploads), List.copyOf(parts));
    }

    private String slim(String field, String text) {
        String lighter = cut.media() ? Pictures.takeOut(text, picture -> upload(field, picture)) : text;
        if (Sha256.utf8Length(lighter) <= cut.fieldBytes()) {
            return lighter;
        }
        byte[] bytes = lighter.getBytes(StandardCharsets.UTF_8);
        Reference reference = Reference.to(lighter, bytes, cut.fieldBytes());
        note(field, "bytes", Integer.toString(bytes.length));
        note(field, "sha256", reference.sha256());
        if (cut.media()) {
            Upload upload = upload(field, new Pictures.Picture("text/plain", UnsafeByteOperations.unsafeWrap(bytes)));
            note(field, "mediaId", upload.mediaId());
            return reference.json(upload.token(MediaToken.TEXT));
        }
        Parts divided = Parts.of(whole, field, bytes, cut);
        parts.addAll(divided.spans());
        note(field, "parts", Integer.toString(divided.spans().size()));
        return reference.json(divided.entries());
    }

    private Upload upload(String field, Pictures.Picture content) {
        String shown = field.equals(Fields.INPUT) || field.equals(Fields.OUTPUT) ? field : "metadata";
        Upload upload = Upload.of(whole.trace(), whole.span().id(), shown, content.contentType(), content.bytes());
        uploads.add(upload);
        return upload;
    }

    private void note(String field, String what, String value) {
        metadata.put("payload." + field + "." + what, value);
    }
}
