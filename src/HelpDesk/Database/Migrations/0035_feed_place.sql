-- Where the database lay when the era of the feed began: cluster, timeline, and the transaction that wrote this. One that was restored lies elsewhere, see Events/Feed/FeedEra.
alter table feed_era add column place text;
