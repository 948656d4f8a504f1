/** Where the build puts the networks, below the page; '' for the folder. */
export const addressOf = (name: string): string => new URL(`pretrained/${name}`, document.baseURI).href;
