// Lucene indexes a library's text: `java -cp JARS Lucene.java TEXT INDEX THREADS PASSES`.
//
// TEXT is what lucene.sh makes of `amparo extract --format json`: lines of fields parted by tabs; `D` with a path and a
// title begins a document, `P` with a page number (or none) a passage, any other line is a paragraph: its language, its
// text. It is read into memory before anything is measured. Each pass makes a new index in the folder INDEX, with a
// document for each passage and fields of the kinds that Amparo has, commits it and waits for merges. Prints a line for
// each pass: wall seconds, CPU seconds of the whole process (so of its compiler and collector too), documents, bytes of
// the index. To the first pass the start of the JVM is added, up to `main`, without what read the source or the text.
// Extracts nothing, tells no countries or violations, and searches nothing.

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

public class Lucene {
    /** Megabytes that are filled before a segment goes to disk, as in Amparo for all threads together. */
    static final double HEAP = 128;

    static final FieldType COUNTED = indexed(IndexOptions.DOCS_AND_FREQS);
    static final FieldType WITH_POSITIONS = indexed(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);

    /** A page or section: lines of TEXT in memory. */
    static class Passage {
        String path;
        String title;
        String page;
        int document;
        int ordinal;
        final List<String[]> paragraphs = new ArrayList<>();
    }

    public static void main(String[] arguments) throws Exception {
        // `lucene.sh` compiles beforehand, so that this is what it takes to start a program.
        double startWall = ManagementFactory.getRuntimeMXBean().getUptime() / 1e3;
        double startCpu = cpu();
        Path index = Paths.get(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        List<Passage> passages = read(Paths.get(arguments[0]));
        for (int pass = 0; pass < Integer.parseInt(arguments[3]); pass++) {
            delete(index);
            double cpu = cpu();
            long started = System.nanoTime();
            index(passages, index, threads);
            double wall = (System.nanoTime() - started) / 1e9;
            cpu = cpu() - cpu;
            System.out.printf(
                    Locale.ROOT,
                    "%.2f %.2f %d %d%n",
                    wall + (pass == 0 ? startWall : 0),
                    cpu + (pass == 0 ? startCpu : 0),
                    passages.size(),
                    bytes(index));
        }
    }

    /** User and system time of this process so far, in seconds. */
    static double cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
    }

    static List<Passage> read(Path text) throws IOException {
        List<Passage> passages = new ArrayList<>();
        String[] document = null;
        int documents = 0;
        int ordinal = 0;
        try (BufferedReader lines = Files.newBufferedReader(text)) {
            for (String line; (line = lines.readLine()) != null; ) {
                String[] fields = line.split("\t", -1);
                if (fields[0].equals("D")) {
                    document = fields;
                    documents++;
                    ordinal = 0;
                } else if (fields[0].equals("P")) {
                    Passage passage = new Passage();
                    passage.path = document[1];
                    passage.title = document[2];
                    passage.page = fields[1];
                    passage.document = documents;
                    passage.ordinal = ordinal++;
                    passages.add(passage);
                } else {
                    passages.get(passages.size() - 1).paragraphs.add(fields);
                }
            }
        }
        return passages;
    }

    static void index(List<Passage> passages, Path folder, int threads) throws Exception {
        IndexWriterConfig config = new IndexWriterConfig(analyzer()).setRAMBufferSizeMB(HEAP);
        try (Directory directory = FSDirectory.open(folder);
                IndexWriter writer = new IndexWriter(directory, config)) {
            AtomicInteger next = new AtomicInteger();
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                running.add(pool.submit(() -> {
                    for (int at; (at = next.getAndIncrement()) < passages.size(); ) {
                        add(writer, passages.get(at));
                    }
                }));
            }
            pool.shutdown();
            for (Future<?> thread : running) {
                try {
                    thread.get();
                } catch (ExecutionException failed) {
                    throw new IOException(failed.getCause());
                }
            }
            // Closing waits for merges.
            writer.commit();
        }
    }

    static void add(IndexWriter writer, Passage passage) {
        Document indexed = new Document();
        indexed.add(new StringField("path", passage.path, Field.Store.YES));
        indexed.add(new Field("title", passage.title, WITH_POSITIONS));
        indexed.add(new LongPoint("document", passage.document));
        indexed.add(new NumericDocValuesField("document", passage.document));
        indexed.add(new LongPoint("ordinal", passage.ordinal));
        indexed.add(new NumericDocValuesField("ordinal", passage.ordinal));
        indexed.add(new StoredField("page", passage.page));
        StringBuilder whole = new StringBuilder();
        for (String[] paragraph : passage.paragraphs) {
            String language = paragraph[0];
            String text = paragraph[1];
            indexed.add(new Field("body_" + language, text, COUNTED));
            indexed.add(new Field("words", text, WITH_POSITIONS));
            indexed.add(new StringField("language", language, Field.Store.NO));
            whole.append(text).append('\n');
        }
        indexed.add(new StoredField("text", whole.toString()));
        try {
            writer.addDocument(indexed);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Lucene's own analyzers for the three languages; folded words, as Amparo has them, for phrases. */
    static Analyzer analyzer() {
        Analyzer words = new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer source = new StandardTokenizer();
                return new TokenStreamComponents(
                        source, new ASCIIFoldingFilter(new LowerCaseFilter(source)));
            }
        };
        Map<String, Analyzer> bodies = new HashMap<>();
        bodies.put("body_en", new EnglishAnalyzer());
        bodies.put("body_es", new SpanishAnalyzer());
        bodies.put("body_fr", new FrenchAnalyzer());
        bodies.put("words", words);
        bodies.put("title", words);
        return new PerFieldAnalyzerWrapper(new StandardAnalyzer(), bodies);
    }

    static FieldType indexed(IndexOptions options) {
        FieldType type = new FieldType();
        type.setIndexOptions(options);
        type.setTokenized(true);
        type.freeze();
        return type;
    }

    static long bytes(Path folder) throws IOException {
        long bytes = 0;
        for (Path file : files(folder)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    static void delete(Path folder) throws IOException {
        for (Path file : files(folder)) {
            Files.delete(file);
        }
    }

    static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (var entries = Files.newDirectoryStream(folder)) {
                entries.forEach(files::add);
            }
        }
        return files;
    }
}
