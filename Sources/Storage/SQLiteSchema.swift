internal import GRDB
import Search

/// The tables of Optuna, which it has had since its third version, and the ones of ours beside them.
enum SQLiteSchema {
  /// The version of the tables that is read and written.
  static let revision = "v3.2.0.a"
  /// The versions before it.
  static let olderRevisions = [
    "v0.9.0.a", "v1.2.0.a", "v1.3.0.a", "v2.4.0.a", "v2.6.0.a", "v3.0.0.a", "v3.0.0.b", "v3.0.0.c",
    "v3.0.0.d",
  ]

  /// Makes Optuna's tables where there are none.
  static func create(_ database: Database) throws {
    try database.execute(sql: studyTables)
    try database.execute(sql: trialTables)
    for kind in ["study", "trial"] {
      for author in ["user", "system"] {
        try database.execute(sql: attributeTable(kind, author))
      }
    }
    try database.execute(sql: "INSERT INTO version_info VALUES (1, 12, '5.0.0')")
    try database.execute(sql: "INSERT INTO alembic_version VALUES (?)", arguments: [revision])
  }

  /// Makes our own tables where there are none: leases with the results of parts, and an index of numbers.
  ///
  /// A study that anyone deletes takes its leases along.
  static func createOwn(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS lectern_leases (
          study_id INTEGER NOT NULL,
          trial INTEGER NOT NULL,
          part INTEGER NOT NULL,
          resource INTEGER NOT NULL,
          worker TEXT NOT NULL,
          expiry REAL NOT NULL,
          is_done INTEGER NOT NULL DEFAULT 0,
          result TEXT,
          PRIMARY KEY (study_id, trial, part, resource)
        ) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS lectern_trials_number ON trials (study_id, number);
        CREATE TRIGGER IF NOT EXISTS lectern_leases_of_deleted AFTER DELETE ON studies BEGIN
          DELETE FROM lectern_leases WHERE study_id = OLD.study_id;
        END;
        """)
  }

  private static let studyTables = """
    CREATE TABLE studies (
      study_id INTEGER NOT NULL,
      study_name VARCHAR(512) NOT NULL,
      PRIMARY KEY (study_id)
    );
    CREATE UNIQUE INDEX ix_studies_study_name ON studies (study_name);
    CREATE TABLE version_info (
      version_info_id INTEGER NOT NULL,
      schema_version INTEGER,
      library_version VARCHAR(256),
      PRIMARY KEY (version_info_id),
      CHECK (version_info_id=1)
    );
    CREATE TABLE alembic_version (
      version_num VARCHAR(32) NOT NULL,
      CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
    );
    CREATE TABLE study_directions (
      study_direction_id INTEGER NOT NULL,
      direction VARCHAR(8) NOT NULL,
      study_id INTEGER NOT NULL,
      objective INTEGER NOT NULL,
      PRIMARY KEY (study_direction_id),
      UNIQUE (study_id, objective),
      FOREIGN KEY(study_id) REFERENCES studies (study_id)
    );
    """

  private static let trialTables = """
    CREATE TABLE trials (
      trial_id INTEGER NOT NULL,
      number INTEGER,
      study_id INTEGER,
      state VARCHAR(8) NOT NULL,
      datetime_start DATETIME,
      datetime_complete DATETIME,
      PRIMARY KEY (trial_id),
      FOREIGN KEY(study_id) REFERENCES studies (study_id)
    );
    CREATE INDEX ix_trials_study_id ON trials (study_id);
    CREATE TABLE trial_params (
      param_id INTEGER NOT NULL,
      trial_id INTEGER,
      param_name VARCHAR(512),
      param_value FLOAT,
      distribution_json TEXT,
      PRIMARY KEY (param_id),
      UNIQUE (trial_id, param_name),
      FOREIGN KEY(trial_id) REFERENCES trials (trial_id)
    );
    CREATE TABLE trial_values (
      trial_value_id INTEGER NOT NULL,
      trial_id INTEGER NOT NULL,
      objective INTEGER NOT NULL,
      value FLOAT,
      value_type VARCHAR(7) NOT NULL,
      PRIMARY KEY (trial_value_id),
      UNIQUE (trial_id, objective),
      FOREIGN KEY(trial_id) REFERENCES trials (trial_id)
    );
    CREATE TABLE trial_intermediate_values (
      trial_intermediate_value_id INTEGER NOT NULL,
      trial_id INTEGER NOT NULL,
      step INTEGER NOT NULL,
      intermediate_value FLOAT,
      intermediate_value_type VARCHAR(7) NOT NULL,
      PRIMARY KEY (trial_intermediate_value_id),
      UNIQUE (trial_id, step),
      FOREIGN KEY(trial_id) REFERENCES trials (trial_id)
    );
    CREATE TABLE trial_heartbeats (
      trial_heartbeat_id INTEGER NOT NULL,
      trial_id INTEGER NOT NULL,
      heartbeat DATETIME NOT NULL,
      PRIMARY KEY (trial_heartbeat_id),
      UNIQUE (trial_id),
      FOREIGN KEY(trial_id) REFERENCES trials (trial_id)
    );
    """

  private static func attributeTable(_ kind: String, _ author: String) -> String {
    let owners = kind == "study" ? "studies" : "trials"
    return """
      CREATE TABLE \(kind)_\(author)_attributes (
        \(kind)_\(author)_attribute_id INTEGER NOT NULL,
        \(kind)_id INTEGER,
        "key" VARCHAR(512),
        value_json TEXT,
        PRIMARY KEY (\(kind)_\(author)_attribute_id),
        UNIQUE (\(kind)_id, "key"),
        FOREIGN KEY(\(kind)_id) REFERENCES \(owners) (\(kind)_id)
      )
      """
  }
}
