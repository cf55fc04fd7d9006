# Draws yes/no questions from the data sets of R packages, as tables and folds for the benchmark of quality.
#
#     Rscript bench/Quality/other-tables.R FOLDER [COUNT, default 120] [SEED, default 1]
#
# Writes FOLDER/NAME.csv (label last, 0 or 1; empty = missing) and FOLDER/folds/NAME.csv (five stratified folds). A table's question is its last column of
# two values, or where it has none, whether its last number is above the median. Takes what is installed of the packages below (Debian: r-cran-...).
packages <- c("AER", "boot", "carData", "caret", "cluster", "datasets", "ddalpha", "dplyr", "dslabs", "e1071", "ggplot2", "HSAUR3", "ipred", "kernlab", "laeken",
              "lattice", "lava", "lme4", "MASS", "mgcv", "mlbench", "mlmRev", "modeldata", "nlme", "nnet", "party", "pscl", "psych", "randomForest", "reshape2",
              "robustbase", "rpart", "survival", "TH.data", "tidyr", "vcd", "vcdExtra")
# The tables that the defaults were chosen by.
known <- "breastcancer|brca|cells|credit_data|germancredit|housevotes|ionosphere|letterrec|mlc_churn|pima|satellite|sonar|spam|titanic|wa_churn"
most_rows <- 4000; most_columns <- 300; most_levels <- 50

arguments <- commandArgs(TRUE)
folder <- arguments[1]
count <- if (length(arguments) > 1) as.integer(arguments[2]) else 120
set.seed(if (length(arguments) > 2) as.integer(arguments[3]) else 1)

number_of <- function(x) length(unique(x[!is.na(x)]))
has_two <- function(x) number_of(x) == 2 && min(table(x)) >= 0.05 * sum(!is.na(x)) &&
  (!is.numeric(x) || all(x[!is.na(x)] %in% 0:2))

# The features of a data set and its label, or NULL where it has no question.
question <- function(d) {
  for (c in names(d)) if (inherits(d[[c]], c("Date", "POSIXct", "difftime", "logical"))) d[[c]] <- as.numeric(d[[c]])
  tells <- function(x) is.null(dim(x)) && !inherits(x, "Surv") && (is.numeric(x) || is.factor(x) || is.character(x)) &&
    number_of(x) > 1 && (is.numeric(x) || number_of(x) <= most_levels) &&
    !(is.numeric(x) && !anyNA(x) && all(x == seq_along(x)))
  d <- d[, vapply(d, tells, TRUE), drop = FALSE]
  if (nrow(d) < 100 || ncol(d) < 3 || ncol(d) > most_columns) return(NULL)
  label <- which(vapply(d, has_two, TRUE))
  if (length(label) > 0) {
    label <- label[[length(label)]]
    y <- as.integer(as.factor(d[[label]])) - 1L
  } else {
    label <- which(vapply(d, function(x) is.numeric(x) && number_of(x) > 5, TRUE))
    if (length(label) == 0) return(NULL)
    label <- label[[length(label)]]
    y <- as.integer(d[[label]] > median(d[[label]], na.rm = TRUE))
  }
  kept <- which(!is.na(y))
  if (length(kept) > most_rows) kept <- sort(sample(kept, most_rows))
  if (length(kept) < 100 || min(table(factor(y[kept], 0:1))) < 20) return(NULL)
  x <- d[kept, -label, drop = FALSE]
  for (c in names(x)) if (!is.numeric(x[[c]])) x[[c]] <- gsub("[,;\"\r\n]", " ", as.character(x[[c]]))
  names(x) <- make.names(names(x), unique = TRUE)
  list(x = x, y = y[kept])
}

questions <- list(); seen <- character()
for (package in packages) {
  if (!requireNamespace(package, quietly = TRUE)) next
  for (item in unique(sub("^.*\\((.*)\\)$|^(\\S+).*$", "\\1\\2", data(package = package)$results[, "Item"]))) {
    sets <- new.env()
    suppressWarnings(try(data(list = item, package = package, envir = sets), silent = TRUE))
    for (set in ls(sets)) {
      d <- try(as.data.frame(get(set, sets)), silent = TRUE)
      if (inherits(d, "try-error") || is.ts(get(set, sets))) next
      q <- question(d)
      name <- gsub("[^a-z0-9_]", "_", tolower(paste(package, set, sep = "_")))
      numbers <- vapply(q$x, function(v) if (is.numeric(v)) sum(v, na.rm = TRUE) else 0, 0)
      key <- paste(dim(q$x)[1], sum(q$y), paste(sort(signif(numbers, 6)), collapse = " ")) # several packages have the same
      if (is.null(q) || grepl(known, name) || key %in% seen) next
      seen <- c(seen, key)
      questions[[name]] <- q
    }
  }
}

dir.create(file.path(folder, "folds"), recursive = TRUE, showWarnings = FALSE)
for (name in sample(names(questions), min(count, length(questions)))) {
  q <- questions[[name]]
  fold <- integer(length(q$y))
  for (v in 0:1) {
    rows <- which(q$y == v)
    fold[rows[sample.int(length(rows))]] <- rep_len(0:4, length(rows))
  }
  write.csv(cbind(q$x, Label = q$y), file.path(folder, paste0(name, ".csv")), row.names = FALSE, na = "", quote = FALSE)
  writeLines(c("Fold", fold), file.path(folder, "folds", paste0(name, ".csv")))
}
cat(length(questions), "questions,", min(count, length(questions)), "drawn\n")
