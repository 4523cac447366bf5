package io.mnemosyne.trace.send;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.mnemosyne.core.trace.PlacedSpan;
import io.mnemosyne.core.trace.RefusedSpan;
import io.mnemosyne.core.trace.SpanType;
import io.mnemosyne.scripted.langfuse.Failure;
import io.mnemosyne.scripted.langfuse.LangfuseStandIn;
import io.mnemosyne.scripted.langfuse.MediaMode;
import io.mnemosyne.scripted.langfuse.Received;
import io.mnemosyne.scripted.langfuse.StoredSpan;
import io.mnemosyne.trace.send.ServerFacts.Answer;
import io.mnemosyne.trace.send.TraceBackend.Credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TraceSenderTest {
    private static final String INPUT = "langfuse.observation.input";

    private final SenderHarness harness = new SenderHarness();
    private final LangfuseStandIn langfuse = harness.langfuse;

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void shouldSendEachSpanOnceInFewRequestsAndCommit() {
        // given
        harness.write(spans(150));
        // when
        harness.start();
        // then
        await().until(() -> harness.committed() == 150);
        assertThat(langfuse.spans()).hasSize(150).allSatisfy(span -> {
            assertThat(span.copies()).isEqualTo(1);
            assertThat(span.parent()).contains(SampleSpans.PARENT.hex());
        });
        assertThat(langfuse.complaints()).isEmpty();
        assertThat(withSpans()).hasSize(3);
        assertThat(harness.stats().spans()).isEqualTo(150);
        assertThat(harness.stats().state()).isEqualTo(SenderStats.State.OPEN);
        await().until(() -> harness.stats().waiting() == 0);
    }

    @Test
    void shouldReportTheOneBadSpanOfARequestAndSendAllOthersOnce() {
        // given
        langfuse.refuse(span -> span.getName().equals("t77"));
        harness.write(spans(100));
        // when
        harness.start();
        // then
        await().until(() -> harness.committed() == 100);
        assertThat(langfuse.spans()).hasSize(99).allSatisfy(span -> assertThat(span.copies()).isEqualTo(1));
        RefusedSpan letter = harness.letters().getFirst();
        assertThat(harness.letters()).hasSize(1);
        assertThat(letter.spanId()).isEqualTo(SampleSpans.id("t77").hex());
        assertThat(letter.source().offset()).isEqualTo(77);
        assertThat(letter.backend()).isEqualTo("main");
        assertThat(letter.status()).isEqualTo(400);
        // the server quotes the span's name, the letter does not
        assertThat(letter.reason()).contains("invalid span").doesNotContain("t77");
        assertThat(harness.stats().deadLettered()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void shouldWaitAndLoseNothingWhileItIsDenied(int status) {
        // given
        langfuse.fail(Failure.status(status));
        harness.write(spans(10));
        // when
        harness.start();
        // then
        await().until(() -> harness.stats().state() == SenderStats.State.DENIED && harness.isPaused());
        await().until(() -> withStatus(status) > 3);
        assertThat(harness.committed()).isZero();
        // and when the keys are right again
        langfuse.heal();
        // then
        await().until(() -> harness.committed() == 10);
        assertThat(langfuse.spanCount()).isEqualTo(10);
        assertThat(harness.letters()).isEmpty();
        await().until(() -> !harness.isPaused());
    }

    @Test
    void shouldNotGiveUpSpansOfAServerThatRefusesEverything() {
        // given a server that dislikes something about each request
        langfuse.fail(Failure.status(400));
        harness.write(spans(5));
        // when
        harness.start();
        // then
        await().until(() -> withStatus(400) > 8 && harness.stats().state() == SenderStats.State.DENIED);
        assertThat(harness.letters()).isEmpty();
        assertThat(harness.committed()).isZero();
        // and when it no longer does
        langfuse.heal();
        await().until(() -> harness.committed() == 5);
        assertThat(harness.letters()).isEmpty();
    }

    @Test
    void shouldSendSmallerRequestsWhenTheyAreTooLarge() {
        // given a server that takes less than the settings say, though more than a single span
        langfuse.largest(40_000);
        harness.write(spans(60, 6_000));
        // when
        harness.start();
        // then
        await().until(() -> harness.committed() == 60);
        assertThat(langfuse.spans()).hasSize(60).allSatisfy(span -> assertThat(span.copies()).isEqualTo(1));
        assertThat(harness.letters()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"STORES", "NO_BUCKET"})
    void shouldTakeMoreOutOfASpanThatIsTooLargeAlone(MediaMode mode) {
        // given a span whose fields are small enough, but not all of them together
        langfuse.media(mode);
        langfuse.largest(12_000);
        harness.write(SampleSpans.tool("t", text(7_900)));
        // when
        harness.start(harness.backend());
        harness.write(SampleSpans.placed("u", SpanType.TOOL,
                SampleSpans.facts(text(7_000)).withAttributes(Map.of("a", '"' + text(7_000) + '"'))));
        // then
        await().until(() -> harness.committed() == 2);
        assertThat(harness.letters()).isEmpty();
        assertThat(harness.read(harness.stored("u"), INPUT)).isEqualTo(text(7_000));
        assertThat(harness.read(harness.stored("u"), "a")).contains(text(7_000));
    }

    @Test
    void shouldGiveUpASpanThatIsTooLargeWhateverIsTakenOut() {
        // given
        langfuse.largest(1_000);
        harness.write(SampleSpans.tool("t", text(5_000)));
        // when
        harness.start();
        // then
        await().until(() -> harness.committed() == 1);
        assertThat(harness.letters()).singleElement().satisfies(letter -> assertThat(letter.status()).isEqualTo(413));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldWaitAsLongAsTheServerSays(boolean asDate) {
        // given
        harness.start();
        await().until(() -> harness.stats().server().media() == Answer.YES);
        int before = langfuse.requests().size();
        String until = asDate
                ? DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(4))
                : "3";
        langfuse.failNext(new Failure.Status(429, Map.of("Retry-After", until)));
        // when
        harness.write(spans(100));
        // then while it waits it sends and reads nothing
        await().until(() -> harness.stats().state() == SenderStats.State.BUSY && harness.isPaused());
        await().until(() -> harness.committed() == 100);
        assertThat(langfuse.requests().stream().skip(before).filter(request -> request.status() == 429)).hasSize(1);
        assertThat(harness.letters()).isEmpty();
    }

    @Test
    void shouldGetEverythingThroughAQuota() {
        // given
        langfuse.quota(4, Duration.ofSeconds(1));
        harness.write(spans(400));
        // when
        harness.start();
        // then
        await().until(() -> harness.committed() == 400);
        assertThat(langfuse.spans()).hasSize(400).allSatisfy(span -> assertThat(span.copies()).isEqualTo(1));
        assertThat(harness.letters()).isEmpty();
    }

    @Test
    void shouldSendTheSameBytesAgainWhenNobodyKnowsWhatBecameOfThem() {
        // given answers that are lost after and before the spans were stored
        harness.start();
        await().until(() -> harness.stats().server().media() == Answer.YES);
        langfuse.failNext(new Failure.StoredBut(502), new Failure.Cut(true), Failure.status(503),
                new Failure.Cut(false), new Failure.Hang(true));
        // when
        harness.write(spans(20));
        // then
        await().until(() -> harness.committed() == 20);
        assertThat(langfuse.spans()).hasSize(20).allSatisfy(span -> {
            assertThat(span.copies()).isGreaterThan(1);
            assertThat(span.others()).isZero();
        });
        Map<Integer, Set<String>> bodies = withSpans().stream().collect(Collectors.groupingBy(Received::spans,
                Collectors.mapping(Received::sha256, Collectors.toSet())));
        assertThat(bodies.values()).allSatisfy(hashes -> assertThat(hashes).hasSize(1));
        assertThat(harness.stats().retried()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void shouldCommitNothingAndHoldLittleWhileTheServerIsDownAndCatchUpAfterwards() {
        // given
        langfuse.goAway();
        SendLimits limits = SenderHarness.LIMITS;
        harness.start(harness.backend().with(new SendLimits(limits.targetBytes(), limits.maxBytes(), limits.maxSpans(),
                limits.fieldBytes(), 2, 1_000, limits.timeout(), limits.linger(), limits.longestWait(), 100_000)));
        // when
        IntStream.range(0, 20).forEach(i -> harness.write(IntStream.range(0, 20)
                .mapToObj(k -> SampleSpans.tool("t" + i + "-" + k, text(2_000))).toArray(PlacedSpan[]::new)));
        // then
        await().until(() -> harness.isPaused() && harness.stats().state() == SenderStats.State.AWAY);
        assertThat(harness.stats().waiting()).isLessThan(200_000);
        assertThat(harness.committed()).isZero();
        // and when it is back
        langfuse.comeBack();
        await().atMost(Duration.ofSeconds(20)).until(() -> harness.committed() == 400);
        assertThat(langfuse.spans()).hasSize(400).allSatisfy(span -> assertThat(span.copies()).isEqualTo(1));
        assertThat(harness.letters()).isEmpty();
    }

    @Test
    void shouldSendLargeFieldsAsMediaBeforeTheirSpans() {
        // given
        PlacedSpan large = SampleSpans.tool("large", text(50_000));
        harness.write(large);
        // when
        harness.start();
        // then
        await().until(() -> harness.committed() == 1);
        StoredSpan stored = harness.stored("large");
        assertThat(langfuse.spans()).hasSize(1);
        assertThat(stored.attribute(INPUT).orElseThrow()).hasSizeLessThan(8 * 1024);
        assertThat(harness.read(stored, INPUT)).isEqualTo(text(50_000));
        assertThat(harness.stats().uploads()).isEqualTo(1);
        List<String> order = langfuse.requests().stream().filter(request -> request.bytes() > 1_000)
                .map(Received::method).toList();
        assertThat(order).containsExactly("PUT", "POST");
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN", "NO_BUCKET", "UNREACHABLE"})
    void shouldSendLargeFieldsInPartsWhereMediaCannotBeStored(MediaMode mode) {
        // given
        langfuse.media(mode);
        harness.write(SampleSpans.tool("large", text(50_000)), SampleSpans.tool("small", "x"));
        // when
        harness.start();
        // then
        await().until(() -> harness.committed() == 2);
        assertThat(harness.stats().server().media()).isEqualTo(Answer.NO);
        assertThat(harness.read(harness.stored("large"), INPUT)).isEqualTo(text(50_000));
        assertThat(langfuse.children(SampleSpans.TRACE.hex(), SampleSpans.id("large").hex())).hasSize(7)
                .allSatisfy(part -> assertThat(part.name()).matches("input part [1-7]/7"));
        assertThat(langfuse.complaints()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN", "NO_BUCKET", "UNREACHABLE"})
    void shouldGoOnInPartsWhenMediaCannotBeStoredAnyMore(MediaMode mode) {
        // given a server that stored them when it was asked
        harness.start();
        await().until(() -> harness.stats().server().media() == Answer.YES);
        langfuse.media(mode);
        // when
        harness.write(SampleSpans.tool("large", text(50_000)));
        // then
        await().until(() -> harness.committed() == 1);
        assertThat(harness.read(harness.stored("large"), INPUT)).isEqualTo(text(50_000));
        assertThat(langfuse.spanCount()).isEqualTo(8);
        assertThat(harness.letters()).isEmpty();
    }

    @Test
    void shouldReportWhatCannotBeRead() {
        // given
        harness.write(SampleSpans.tool("before", "x"));
        harness.writeValues("no span".getBytes(StandardCharsets.UTF_8), new byte[0]);
        harness.write(SampleSpans.tool("after", "x"));
        // when
        harness.start();
        // then
        await().until(() -> harness.committed() == 4);
        assertThat(langfuse.spans()).extracting(StoredSpan::name).containsExactlyInAnyOrder("before", "after");
        assertThat(harness.letters()).extracting(letter -> letter.source().offset()).containsExactlyInAnyOrder(1L, 2L);
        assertThat(harness.letters()).extracting(RefusedSpan::status).containsOnly(0);
    }

    @Test
    void shouldSayWhatTheServerAccepts() {
        // when
        harness.start();
        // then
        await().until(() -> harness.stats().server().spans() != Answer.UNKNOWN);
        ServerFacts facts = harness.stats().server();
        assertThat(facts.spans()).isEqualTo(Answer.YES);
        assertThat(facts.ingestionVersion()).isEqualTo(Answer.YES);
        assertThat(facts.media()).isEqualTo(Answer.YES);
    }

    @Test
    void shouldLeaveOutTheVersionThatAnOldServerDoesNotKnow() {
        // given
        langfuse.newestVersion(3);
        harness.write(spans(3));
        // when
        harness.start();
        // then
        await().until(() -> harness.committed() == 3);
        assertThat(langfuse.spanCount()).isEqualTo(3);
        assertThat(harness.stats().server().ingestionVersion()).isEqualTo(Answer.NO);
        assertThat(harness.stats().server().remark()).contains("fast path");
    }

    @Test
    void shouldSayThatTheKeysAreWrong() {
        // when
        harness.start(TraceBackend.langfuse("main", langfuse.url(), new Credentials("pk-lf-other", "sk-lf-other"))
                .with(SenderHarness.LIMITS));
        // then
        await().until(() -> harness.stats().server().spans() == Answer.NO);
        assertThat(harness.stats().server().remark()).contains("401", "keys");
    }

    @Test
    void shouldLeaveUncommittedWhatIsOnItsWayWhenItIsClosed() {
        // given
        harness.start();
        await().until(() -> harness.stats().server().media() == Answer.YES);
        langfuse.fail(new Failure.Hang(false));
        harness.write(spans(5));
        await().until(() -> harness.stats().waiting() > 0);
        // when
        harness.stop();
        // then
        assertThat(langfuse.spanCount()).isZero();
    }

    @Test
    void shouldSendToAnyOtherBackendWithoutAWordOfLangfuse() {
        // given
        String login = "Basic " + Base64.getEncoder().encodeToString((LangfuseStandIn.PUBLIC_KEY + ":"
                + LangfuseStandIn.SECRET_KEY).getBytes(StandardCharsets.UTF_8));
        harness.write(SampleSpans.tool("large", text(50_000)), SampleSpans.tool("small", "x"));
        // when
        harness.start(TraceBackend.otlp("tempo", URI.create(langfuse.url() + LangfuseStandIn.TRACES),
                Map.of("Authorization", login)).with(SenderHarness.LIMITS));
        // then
        await().until(() -> harness.committed() == 2);
        assertThat(langfuse.spans()).hasSize(9).allSatisfy(span -> assertThat(span.attributes().keySet())
                .noneMatch(name -> name.startsWith("langfuse.")));
        assertThat(langfuse.mediaCount()).isZero();
        assertThat(new PayloadReader(new PayloadReader.Contents() {
            @Override
            public byte[] media(String mediaId) {
                throw new IllegalStateException();
            }

            @Override
            public String part(String spanId) {
                return langfuse.spans().stream().filter(span -> span.id().equals(spanId)).findFirst()
                        .flatMap(span -> span.attribute("mnemosyne.input")).orElseThrow();
            }
        }).read(harness.stored("large").attribute("mnemosyne.input").orElseThrow())).isEqualTo(text(50_000));
    }

    private List<Received> withSpans() {
        return langfuse.requests().stream().filter(request -> request.isTraces() && request.spans() > 0).toList();
    }

    private long withStatus(int status) {
        return langfuse.requests().stream().filter(request -> request.status() == status).count();
    }

    private static PlacedSpan[] spans(int count) {
        return spans(count, 10);
    }

    private static PlacedSpan[] spans(int count, int bytes) {
        return IntStream.range(0, count).mapToObj(i -> SampleSpans.tool("t" + i, text(bytes)))
                .toArray(PlacedSpan[]::new);
    }

    private static String text(int bytes) {
        return IntStream.range(0, bytes).mapToObj(i -> String.valueOf((char) ('a' + (i * 31 + i / 97) % 26)))
                .collect(Collectors.joining());
    }
}
