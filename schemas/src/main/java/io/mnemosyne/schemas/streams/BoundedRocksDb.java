package io.mnemosyne.schemas.streams;

import java.util.Map;

import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the memory of all RocksDB stores of the process together: one block cache, which the memtables, indexes and
 * filters count against as well. By default every store and partition has its own, 98 MB each.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    /** Bytes for all stores of the process. */
    public static final long CACHE_BYTES = 128L << 20;
    /** Share of {@link #CACHE_BYTES} that memtables may take before they are flushed. */
    private static final long MEMTABLE_BYTES = CACHE_BYTES / 2;
    private static final long MEMTABLE_BYTES_PER_STORE = 8L << 20;
    private static final int MEMTABLES_PER_STORE = 2;
    private static final int SHARD_BITS = -1;
    private static final double HIGH_PRIORITY_SHARE = 0.1;
    private static final long BLOCK_BYTES = 16L << 10;

    /** Loading comes first: the cache is a native object. It lives as long as the process and must not be closed. */
    private static final class Shared {
        static final Cache CACHE;
        static final WriteBufferManager MEMTABLES;

        static {
            RocksDB.loadLibrary();
            CACHE = new LRUCache(CACHE_BYTES, SHARD_BITS, false, HIGH_PRIORITY_SHARE);
            MEMTABLES = new WriteBufferManager(MEMTABLE_BYTES, CACHE);
        }

        private Shared() {
        }
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(Shared.CACHE);
        table.setBlockSize(BLOCK_BYTES);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(Shared.MEMTABLES);
        options.setWriteBufferSize(MEMTABLE_BYTES_PER_STORE);
        options.setMaxWriteBufferNumber(MEMTABLES_PER_STORE);
        options.setCompressionType(CompressionType.LZ4_COMPRESSION);
    }

    @Override
    public void close(String storeName, Options options) {
        // the cache and the memtable budget are shared with the other stores
    }
}
