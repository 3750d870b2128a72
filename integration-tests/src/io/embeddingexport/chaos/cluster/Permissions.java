package io.embeddingexport.chaos.cluster;

/** Of the job's user, who has no other than those the documentation asks for (docs/deploy.md). */
public interface Permissions {
  /** What can be taken away. */
  enum Permission {
    WRITE_RECORDS,
    WRITE_LETTERS,
    READ_INPUT,
    READ_CONFIGS,
    WRITE_TRANSACTIONS,
    READ_GROUP
  }

  void revoke(Permission permission);

  /** Grants everything again. */
  void grantAll();
}
