-- Whether a model takes pictures, tools, documents; null: not known.
ALTER TABLE "model"
    ADD COLUMN "takes_images" BOOLEAN,
    ADD COLUMN "takes_tools" BOOLEAN,
    ADD COLUMN "takes_documents" BOOLEAN;
